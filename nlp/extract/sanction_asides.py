"""Numbers that fall due though nobody breaks the contract, and what is only withheld for a while.

`完成目标的，返利为5%` rewards, `按供货价的50%调换` takes goods back, `水电费按0.8%从工程款中扣除` pays for what was
used, `暂扣最后一季的维保费` keeps a share until things are put right: no penalty of who gives it or goes without.
Rebates and takings back for a breach say so themselves (骗取返利的，按返利金额的5%支付违约金).
"""

import re

from nlp.extract.breach_words import breached
from nlp.extract.sanction_sums import NAMED_BEHIND, Candidate
from nlp.extract.sentences import Sentence

_FOLLOWS = r"[】\])]?(?:的)?(?:标准|比例|价格)?(?:予以|进行|给予)?"
# 返利为年度进货额的3%, 返点按2%计算; not 返利金额的5%
_REBATE = re.compile(
    r"返(?:利|点|佣)(?:比例|标准|率|点)?(?:分别)?(?:为|是|按照?|提高[到至]|调整为|:)[^，,。;违赔罚扣]{0,14}\Z"
)
_REBATE_BEHIND = re.compile(_FOLLOWS + r"(?:兑现|计算|支付|享受)?返(?:利|点|佣)")
# 按供货价的50%调换, 按进价的七成回购
_TAKEN_BACK = re.compile(
    _FOLLOWS + r"(?:向[^，,。;]{1,8})?(?:调换|换货|更换|置换|退换|回购|回收|收购|折价(?:调换|回收|收回))"
)
# 查处所得的罚款，以60%的比例补偿; 收取的违约金按50%分给
_FINES_GOT = re.compile(
    r"(?:所得|收取|收到|查处|收缴|追回|获得|获赔)[^，,。;按以]{0,6}(?:罚款|罚金|违约金|赔偿金|赔款)[^。;违赔罚]{0,16}\Z"
)
_SHARED_OUT = re.compile(
    r"[】\])]?(?:的)?(?:比例|份额)?(?:向|给)?[^，,。;]{0,6}?(?:补偿|分给|分配|分享|分成|归|返给|返还|奖励|付给|支付给)"
)
# 水电费按结算价款的0.8%从工程款中扣除
_USED = re.compile(
    r"(?:水电|用水|用电|水|电|燃气|能源|采暖|热力)费(?:用)?(?:由[^，,。;]{1,8})?按[^，,。;违罚赔]{0,14}\Z"
)
# 按超出的数量付款：视频每条150元
_MORE_PAID = re.compile(
    r"按(?:照)?(?:实际)?(?:超出|超过|增加|完成|实际)的?(?:部分|数量)?(?:另行)?(?:付款|结算|计费|计价|付费|支付)[^。;违罚赔扣]*\Z"
)
# 遇城市建设需要收回地块的，…给予补偿: what is paid because the land is taken
_LAND_TAKEN = re.compile(
    r"征收|征用|征地|拆迁|动迁|收储|城市(?:建设|规划|更新|改造)|市政(?:建设|工程|规划)|国家建设"
    r"|政府[^，,。;]{0,6}收回"
)
_COMPENSATED = re.compile(r"补偿|补助")
_FAULT = re.compile(r"违约|违反|逾期|迟延|拖|擅自|私自|拒|无故|隐瞒|未(?!满|到期|履行|使用|摊销|届)")
# 停用期间租金减半
_OUT_OF_USE = re.compile(r"停用|停水|停电|停气|停运|检修|无法使用|不能使用|影响(?:正常)?(?:使用|居住|经营)")
_CAUSED_BY = re.compile(r"(?:因|由于)[^，,。;]{1,10}(?:原因|过错|责任)")
# 可暂扣最后一季的维保费, 暂缓支付20%; not 暂扣5%作为违约金
_WITHHELD = re.compile(r"暂(?:扣(?![款金])|缓|不|停|时扣|留)(?:留|除)?(?:支付|付款|发放|付|发)?[^，,。;]{0,14}\Z")


def is_aside(sentence: Sentence, item: Candidate) -> bool:
    """Whether no breach makes a number due, or it is only kept back for a while.

    Args:
        sentence: that holds it.
        item: the number.
    """
    before, after = sentence.before(item.start), sentence.after(item.end)
    if NAMED_BEHIND.match(after) and not _COMPENSATED.search(after[:12]):
        return False
    if item.form != "amount" and _WITHHELD.search(before):
        return True
    if "减半" in sentence.slice(item.start, item.end):
        return bool(_OUT_OF_USE.search(before)) and not (_FAULT.search(before) or _CAUSED_BY.search(before))
    if _LAND_TAKEN.search(before) and not _FAULT.search(before):
        return bool(_COMPENSATED.search(before[-16:] + after[:24]))
    return (
        _is_share(before, after)
        if item.form == "rate"
        else bool(_MORE_PAID.search(before) and not _FAULT.search(before))
    )


def _is_share(before: str, after: str) -> bool:
    """Whether a rate is a rebate, a price of goods taken back, a part of fines passed on or a cost of what was used."""
    if _REBATE.search(before) or _REBATE_BEHIND.match(after):
        return True
    if _TAKEN_BACK.match(after) and not breached(before):
        return True
    return bool(_USED.search(before) or (_FINES_GOT.search(before) and _SHARED_OUT.match(after)))
