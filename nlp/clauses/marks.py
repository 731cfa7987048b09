"""What lines say about the parts of a file: signature blocks, annex headings, party labels, dates.

Lines are folded; `squeeze` takes the blanks out, for labels are often printed wide (`附 件 一`, `电　　话：`).
"""

import re
from dataclasses import dataclass

from nlp.clauses.grammar import CN

_DRESS = re.compile(r"[\s《》“”\"':：_、.\-—()【】]+")
_BLANKS = re.compile(r"[\s_]+")

# 甲方(盖章):  出租方:  发包人(全称):
PARTY = (
    r"(?:[甲乙丙丁戊己]方|(?:出租|承租|出卖|买受|发包|承包|委托|受托|借款|贷款|出借|保证|担保|抵押|质押|许可"
    r"|被许可|转让|受让|用人|采购|供应|服务|承揽|定作"
    r"|托运|承运|保管|存货|赠与|受赠|合作|投资|居间|中介|代理|分包|总包|监理|设计|勘察|开发|运营|出让|建设|施工"
    r"|用工|供货|招标|中标|披露|接收)[方人]?"
    r"|(?:供[电水热气]|用[电水热气]|遗赠|扶养|投保|被?保险|经销|被?特许|仓储|加工|出版|收购|种植|养殖|培训|咨询|安装|制作|摄制"
    r"|演出|主办|承办|赞助|捐赠|资助|借用|寄售|拍卖|竞买|聘任|受聘|增资|质权|抵押权|债权|债务|承建)[方人]"
    r"|(?:用人|建设|施工|监理|设计|派遣|用工|实习|供货|使用|检测|服务|委托|承办|主办|协办|责任)单位"
    r"|(?:服务|供应|经销|承包|开发|运营|制造)商|[买卖供需]方|劳动者|学校|学生|会员|客户|用户|业主)"
)
_PARTY_LABEL = re.compile(
    rf"[(【]?{PARTY}(?:\d|[一二三])?(?:签[字章名]|盖章|(?:授权)?代表(?:签[字章名])?)?(?:[(/][^)]{{1,16}}\)?)*(?:[A-Za-z]{{3,24}})?[】)]?[:：]|.{{2,12}}\({PARTY}\)[:：]|[甲乙丙丁][:：]"
)
_PARTY_BARE = re.compile(rf"{PARTY}(?:\([^)]{{1,16}}\))*$")
# (以下无正文)  以下无正文,为签署页  签字页  (以下为签署栏)
_CLOSING = re.compile(
    r"以下(?:无|没有)(?:合同)?正文|(?:此|本)页(?:以下)?无正文|无正文"
    r"|^.{0,24}(?:签署|签字|签章|盖章)[页栏][)。]?$|以下(?:为|系|是)(?:合同|协议|双方)?(?:签署|签字|签章|盖章)"
)
# 甲方(盖章):  法定代表人(签字):  单位盖章:  [签字]
_SEALED = re.compile(r"盖章|公章|签章|签字|签名|签署[:：)]|(?:签署|签约|签字)人[:：]|专用章|[(]章[)]|印章|印鉴|手印")
_SENTENCE = re.compile(r"[。;]|，.*，|生效|之日|(?<![供响效对反适])应当?|如有|后\d|违约|履行|双方")
_FIELD = re.compile(
    r"[(【•·\-]?(?:法定|委托|授权|单位|企业|项目)?(?:代表|代理|负责|经办|联系|签约|签署)[人者]?|[(]?(?:签订|签署"
    r"|签约|签字|订立|合同签订)?(?:日期|时间|地点?)[:：)]"
    r"|(?:注册|通讯|通信|联系|单位|办公|公司|户籍|现住|家庭)?(?:地址|住址|住所|住所地)|电话|手机|传真|联系电话"
    r"|联系方式|邮政?编码?|邮箱|电子邮[箱件]|电子信箱|开户银?行|帐号|账号|账户|户名|税号|纳税人"
    r"|(?:公民)?身份证|统一社会信用代码|营业执照|(?:单位|公司)?名称|职务|姓名|年.{0,4}月.{0,4}日$|鉴证|见证|公证"
    r"|[(]?[签盖][字章]"
)
_DATE_ONLY = re.compile(
    rf"(?:19|20)\d\d[./-]\d{{1,2}}[./-]\d{{1,2}}$|(?:(?:(?:签订|签署|签约|订立)?(?:日期|时间)[:：]?)?(?:(?:19"
    rf"|20)?[\d{CN}O]{{0,4}})年(?:[\d{CN}]{{0,3}}月)?(?:[\d{CN}]{{0,3}}日)?){{1,3}}$"
)


_PAGE_MARK = re.compile(
    r"(?:[-—–~·]\s*\d{1,3}\s*[-—–~·]|第\s*\d{1,3}\s*页(?:\s*[,，/]?\s*共\s*\d{1,3}\s*页)?|\d{1,3}\s*/\s*\d{1,3}"
    r"|(?i:page)\s*\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?)$"
)


@dataclass(frozen=True, slots=True)
class AnnexHead:
    """The heading of an annex.

    Attributes:
        number: as printed (`一`, `2`, `A`), or None.
        title: its words, may be empty.
    """

    number: str | None
    title: str


# 附件一:服务明细  附件 2 保密协议  附录A  【附件3】  Annex 1: Price List
_ANNEX = re.compile(
    rf"[(【\[]?\s*附\s*(?:件|录|表|图|页|(?=[:：]))\s*(?P<number>[{CN}]{{1,3}}|\d{{1,2}}(?:[-.]\d{{1,2}})?"
    rf"|[A-Z](?![a-z]))?\s*[)】\]]?(?P<mark>\s*[:：、.\-—]?\s*)(?P<title>.*)$"
)
_ANNEX_ENGLISH = re.compile(
    r"(?i:annex|appendix|schedule|exhibit|attachment)\s+(?P<number>\d{1,2}|[A-Z]"
    r"|[IVX]+)\b(?P<mark>\s*[:：.\-—]?\s*)(?P<title>.*)$"
)
_NO_ANNEX_TITLE = re.compile(
    r"(?:所|中|的|之|为|是|系|规定|约定|与|和|及|或|等|内|第|[、,，)]|作为|构成|均|亦|不|需|应|包括|如下|以上|共"
    r"|以)|.*(?:[。;；]|[:：]$)"
)
# 附件1:需求规格说明书: behind a colon any word may begin a title
_SENTENCE_AFTER = re.compile(r".*(?:[。;；]|[:：]$)")
_SPACED_TITLE = re.compile(r"附件\s+[一-龥]{3,16}$")


def squeeze(text: str) -> str:
    """Words without blanks and drawn lines."""
    return _BLANKS.sub("", text)


def plain_title(title: str) -> str:
    """A title without brackets, quotes, dashes and blanks, to compare."""
    return _DRESS.sub("", title)


def annex_head(text: str) -> AnnexHead | None:
    """Read the heading of an annex; None for sentences that begin with one."""
    match = _ANNEX.match(text) or _ANNEX_ENGLISH.match(text)
    if match is None or len(text) > 70:
        return None
    number, title = match["number"], match["title"].strip(" 》)】")
    # (附:竞业限制协议、服务期协议) below the title says what comes with the contract
    if number is None and title and text.startswith(("(", "（")) and text.rstrip().endswith((")", "）")):
        return None
    mark = match["mark"].strip()
    # 附件 商圈示意图: a blank parts a title from its word, but not a sentence
    if number is None and not mark and title and not _SPACED_TITLE.match(text):
        return None
    if title and (_SENTENCE_AFTER if mark in (":", "：") else _NO_ANNEX_TITLE).match(title):
        return None
    return AnnexHead(number, title.removeprefix("《"))


# THE BUYER 买方：, in two languages
_LATIN_LEAD = re.compile(r"\A[A-Za-z]{2,24}/?(?=[一-龥])")
_LATIN = re.compile(r"[A-Za-z.]+")


def is_party_label(text: str) -> bool:
    """`甲方（盖章）：…`, `出租人:`, `乙方` alone."""
    plain = _LATIN_LEAD.sub("", squeeze(text).lstrip("•·-*"))
    return bool(_PARTY_LABEL.match(plain) or _PARTY_BARE.match(plain))


def is_closing(text: str) -> bool:
    """`（以下无正文）`, `签署页`."""
    plain = squeeze(text)
    return len(plain) <= 40 and bool(_CLOSING.search(plain))


def is_signing(text: str) -> bool:
    """A line to sign or seal on."""
    plain = squeeze(text)
    length = len(_LATIN.sub("", plain))  # Authorized signature 授权签字：… says it twice
    return length <= 60 and bool(_SEALED.search(plain)) and not _SENTENCE.search(plain)


def is_field(text: str) -> bool:
    """A line of a party's details or a date, as signature blocks and covers have them."""
    plain = squeeze(text).lstrip("•·-*")
    return len(plain) <= 60 and not _SENTENCE.search(plain) and bool(_FIELD.match(plain) or is_date(text))


def is_page_mark(text: str) -> bool:
    """`- 3 -`, `第 2 页 共 5 页`, `3/12`: what a page prints and the reader left in the text."""
    return bool(_PAGE_MARK.match(text))


def is_date(text: str) -> bool:
    """A date and nothing else, blanks allowed: `2025 年 1 月`, `签订日期：____年__月__日`."""
    return bool(_DATE_ONLY.match(squeeze(text)))
