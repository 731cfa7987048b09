"""Words of breach and delay that more than one component asks for.

`每逾期一日`, `每迟到10分钟`, `每少一人`, `每发生一次` say what one penalty falls due for; `违者`, `未按时`, `擅自` that
there is a breach at all.
"""

import re

LATE = (
    r"(?:逾期|迟延|延迟|延期|拖延|拖欠|超期|超时|推迟|延误|耽误|滞后|迟到|迟交|超过|超出|中断|停工|停机|停业|停产"
    r"|旷工|缺勤|缺岗|违约|占用|提前|延长|低于|晚|迟|拖|延|超|停|旷|缺|少|短|欠|误)"
)
ONE = r"(?:一|1|壹)?(?: ?个)?"
_COUNT = r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十半壹]+)? ?(?:个)?"
# no measure word, verb or other base between 每 and what is counted: 每项扣减当月服务费 counts no months
_FILL = r"[^，,。;:每\d当按扣付支次项为]{0,10}?"
EVERY_DAY = rf"每(?:{LATE}|有)?{_FILL}{ONE}(?:自然|工作|日历)?[日天](?!前|内|以内|起|租)"
EVERY_WEEK = rf"每(?:{LATE}|有)?{_FILL}{ONE}(?:周|星期)(?!前|内)"
EVERY_MONTH = rf"每(?:{LATE}|有)?{_FILL}{ONE}月(?!前|内|\d|租|薪|度?[服物管费])"
_MEASURES = (
    r"人次|车次|次|起|例|项|处|件|人|名|台|单|笔|份|条|辆|只|套|个|张|户|场|批|吨|页|字|平方米|米|公里|小时|分钟"
    r"|百分点|百分比|分(?!之|期|别|包|公)|票|箱|棵|株|趟"
)
EVERY_EVENT = (
    rf"每(?:发生|出现|违反|发现|有|缺少?|少|逾期|延误|迟到|查实|更换|泄露|低|超过?|降低|增加)?{_FILL}"
    rf"{_COUNT}(?:{_MEASURES})(?![日天])"
)
# 每逾期一日, 每超过一小时, 每缺一人: what follows is a penalty whatever it is called
EVERY_BREACH = re.compile(
    rf"每(?:个)?(?:{LATE}|违反?|违约|发现|发生|出现|降低|低)[^，,。;:每付支]{{0,10}}?"
    rf"(?:[日天周月次起例项处件人名台单笔份条辆只套个张户场批吨页票箱棵株趟米]|星期|小时|分钟|百分点)"
)
BREACH = re.compile(
    r"逾期|迟延|延迟|延期|拖延|拖欠|延误|违约|违反|违规|违者|未(?!来|尽事宜|成年)|达不到|不达标|低于|不按|不履行|不能"
    r"|不符|超标|不实|不足|不合格|不配合|擅自|私自|超期|超时|中断|停工|停业|迟到|早退|旷工|缺勤|缺岗|缺席|缺失|短少|泄露|泄密"
    r"|侵权|侵犯|隐瞒|虚假|虚报|欺诈|假冒|假货|伪造|以次充好|转包|分包|转租|拒绝|拒不|毁约|单方|否则|每发生|每出现|造成"
    r"|损坏|丢失|毁损|灭失|退租|挪用|误工|故障|中途|提前(?:解除|解约|终止|收回|退租|下刊|撤)|取消|有下列|上述情形"
)
EVENT = re.compile(BREACH.pattern + r"|每次|每[^，,。;]{1,8}[份件人台个条只]|次|发现|的[，,]")
# 相当于三个月的物业服务费, 两个月租金: months of a sum, no time
MONTHS_OF = re.compile(
    r"[】\])]? *(?:的)?(?:平均|基本|税前|当月|当期|合同|标准|本人|税后|全额|正常)?(?:月)?(?P<what>(?:(?![内前后支付收缴须应提起书通期未不每免])[一-龥]){0,6}?"
    r"(?:租金|房租|工资|薪酬|薪金|报酬|费用?|货款|营业额|收入))(?!的? ?\d)"
)


def breached(words: str) -> bool:
    """Whether words speak of a breach."""
    return bool(BREACH.search(words))
