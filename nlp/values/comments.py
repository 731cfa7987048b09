"""What reviewers typed into a draft: `[批注：上次谈的是9万元]`, `【审核意见：建议改为5%】`.

Numbers in it are no facts of the contract.
"""

import re

_REVIEW = (
    r"批注|(?:审核|审阅|审查|审批|审定|评审|复核|法务|律师|修改|修订|财务|领导|客户|对方)(?:部门?|人员?|者)?(?:的)?"
    r"(?:意见|建议|批注|备注|说明|反馈)|(?:审核|审阅|修订)(?:人|者)?(?:批注|注)|法务注|律师注|编者注"
    r"|待(?:核实|确认|核对|商定|讨论)|[Cc]omments?|COMMENTS?|TODO|[Nn]ote to draft"
)
# the words come first in their bracket, with a name or number before the colon: [批注1（张律师）：…]
_COMMENT = re.compile(
    rf"[\[【［〔<(] ?(?:{_REVIEW})[^\[\]【】\n:]{{0,20}}:"
    r"(?:[^\[\]【】［］〔〕()<>]|\([^()]{0,200}\)){0,600}[\]】］〕>)]"
)


def find_comments(text: str) -> list[tuple[int, int]]:
    """Places of typed comments, in order.

    Args:
        text: folded text of any length.
    """
    return [match.span() for match in _COMMENT.finditer(text)]
