"""How the shipped samples look on paper."""

from dataclasses import replace

from tests.support.typeset import SealPlan, Sheet, Style

_TITLE = Style("hei", 18.0, 34.0, 0.0, "center", keep=3)
_ARTICLE = Style("hei", 11.5, 22.0, 0.0, before=3.0, keep=3)
_COVER = Style("song", 14.0, 40.0, 3.0)
_LABEL = Style(indent=0.0)
_SIGN = Style(size=10.5, lead=28.0, indent=2.0)
_YUNXIU, _QINGWU = "临澜市云岫文献中心", "临澜青梧数字科技有限公司"

PLAIN = Sheet(styles=(), body=Style(), cover=False)
"""Any text without tables, one size."""

SERVICE = Sheet(
    styles=(
        (r"^档案数字化加工服务合同$", Style("hei", 26.0, 60.0, 0.0, "center", before=130.0)),
        (r"^(合同编号|签订地点|签订日期)：", _COVER),
        (r"^项目名称：", Style("song", 14.0, 40.0, 3.0)),
        (r"^[甲乙]方（[委受]托方）：[^（]+$", _COVER),
        (r"^[甲乙]方（[委受]托方）：", Style("song_bold", indent=0.0, before=4.0)),
        (r"^第[一二三四五六七八九十]+条 ", _ARTICLE),
        (r"^附件\d$", Style("hei", 12.0, 24.0, 0.0, before=10.0, keep=5)),
        (r"^(服务价格表|保密协议)$", _TITLE),
        (r"^[一二三四五六七]、", Style("hei", 11.0, 22.0, 2.0, keep=3)),
        (r"^乙方（盖章）", replace(_SIGN, before=34.0)),
        (r"^[甲乙]方（盖章）|^法定代表人或者|^日期：", _SIGN),
    ),
    body=Style(size=10.5, lead=18.0),
    row_space=24.0,
    tables=((28.0, 76.0, 125.0, 34.0, 50.0, 54.0, 68.28),),
    page_before=(r"（原临澜市云岫文献馆）", r"^附件1$"),
    header="档案数字化加工服务合同",
    seals=(
        SealPlan(r"^甲方（盖章）", _YUNXIU, right=150.0, down=22.0, angle=-9.0),
        SealPlan(r"^乙方（盖章）", _QINGWU, right=165.0, down=18.0, angle=12.0),
        SealPlan(r"^甲方（盖章）", _YUNXIU, 1, right=150.0, down=16.0, angle=4.0),
        SealPlan(r"^乙方（盖章）", _QINGWU, 1, right=170.0, down=14.0, angle=-15.0),
        SealPlan(r"^服务价格表$", _QINGWU, right=330.0, down=190.0, angle=60.0),
    ),
)
"""The scanned service contract; the last seal is a riding seal, cut by the edge of the page."""

LEASE = Sheet(
    styles=(
        (r"^办公用房租赁合同$", Style("hei", 20.0, 44.0, 0.0, "center", keep=3)),
        (r"^合同编号：", Style(indent=0.0, align="right")),
        (r"^(出租方|承租方)（", Style("song_bold", 10.5, 20.0, 0.0, before=4.0)),
        (r"^(统一社会信用代码|法定代表人|住所|联系电话|电子邮箱|紧急联系人)：", Style(size=10.5, indent=0.0)),
        (r"^第[一二三四五]章 ", Style("hei", 13.0, 30.0, 0.0, "center", before=6.0, keep=4)),
        (r"^第[一二三四五六七八九十]+条 ", Style("song_bold", 11.0, 22.0, 0.0, before=2.0, keep=2)),
        (r"^附件一$", Style("hei", 11.0, 22.0, 0.0)),
        (r"^附属设施清单$", _TITLE),
    ),
    body=Style(size=10.5, lead=19.0),
    tables=((80.0, 195.0, 80.0, 80.28), (40.0, 90.0, 105.0, 40.0, 40.0, 120.28)),
    page_before=(r"^附件一$",),
    columns=(r"^甲方（盖章）", r"^乙方（盖章）"),
    header="办公用房租赁合同",
    footer="- {page} -",
    cover=False,
)
"""The digital lease: no cover, signatures side by side."""
