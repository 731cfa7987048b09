"""The table of checks: every row is one, with its code, severity, what it compares, and a worked example.

docs/findings.md is generated from it; tests/nlp/checks/test_rules.py finds each fault in its example. A row is an
`error` only where the contract provably contradicts itself.
"""

from nlp.checks import instalments, shares, table_rows, table_totals, tax, totals, twins
from nlp.checks.rule import Rule

MONEY = (
    Rule(
        "twin.capitals",
        "capitals_figures_differ",
        "error",
        "A sum in capitals equals its twin in figures.",
        twins.capitals,
        "第一条 价款\n本合同总价为人民币伍万元整（￥60,000.00）。",
        "none",
    ),
    Rule(
        "twin.unread",
        "capitals_figures_differ",
        "warning",
        "Capitals beside figures are a number.",
        twins.unread_capitals,
        "第一条 价款\n本合同总价为人民币486,000.00元（大写：肆捌拾万陆仟元整）。",
        "one character",
    ),
    Rule(
        "twin.count",
        "capitals_figures_differ",
        "error",
        "A count in words equals its figures in brackets.",
        twins.bracketed,
        "第一条 交货\n卖方应当在合同签订后三十（20）日内交货。",
        "none",
    ),
    Rule(
        "twin.rate",
        "capitals_figures_differ",
        "error",
        "A rate equals its twin in the other form.",
        twins.rates,
        "第一条 违约责任\n乙方逾期交货的，每日按合同总价的5‰（万分之五）支付违约金。",
        "none",
    ),
    Rule(
        "sum.instalments",
        "sum_differs",
        "error",
        "Instalments add up to the contract total, where the contract says that they are all: shares of 100 %, 分四期 and four "
        "of them, or a first and a last one without other sums between.",
        instalments.sums,
        "第一条 价款\n合同总价为人民币100,000元。\n第二条 付款\n1. 首付款30,000元，甲方于合同签订后5日内支付；\n"
        "2. 尾款60,000元，甲方于验收合格后5日内支付。",
        "half of the last printed place of each sum, at most 1 yuan",
    ),
    Rule(
        "sum.percents",
        "percent_sum",
        "error",
        "Shares of the instalments add up to 100 %; 付至80% counts as what it adds.",
        instalments.percents,
        "第一条 付款\n1. 首付款：合同签订后5日内，甲方支付合同总价的30%；\n2. 尾款：验收合格后5日内，甲方支付合同总价的60%。",
        "none",
    ),
    Rule(
        "product.instalment",
        "sum_differs",
        "error",
        "Share of the total equals the sum of the instalment.",
        instalments.products,
        "第一条 价款\n合同总价为人民币100,000元。\n第二条 付款\n"
        "合同签订后5日内，甲方支付合同总价的30%，即人民币35,000元；验收合格后5日内，甲方支付合同总价的70%，即人民币70,000元。",
        "half of the last printed place",
    ),
    Rule(
        "product.share",
        "sum_differs",
        "error",
        "A deposit, penalty or other sum that is said to be a share of the total is that share.",
        shares.of_total,
        "第一条 价款\n合同总价为人民币486,000元。\n第二条 保证金\n乙方交纳合同总价10%的履约保证金，即人民币46,800元。",
        "half of the last printed place",
    ),
    Rule(
        "product.rent",
        "sum_differs",
        "error",
        "A sum that is said to be so many months of rent is that many times the rent.",
        shares.months_of_rent,
        "第一条 租金\n月租金为人民币5,000元。\n第二条 押金\n乙方支付押金15,000元，相当于两个月的租金。",
        "none",
    ),
    Rule(
        "product.raise",
        "sum_differs",
        "error",
        "A raised rent follows from the rent before and the raise.",
        shares.raised,
        "第一条 租金\n第一年租金为每月10,000元。第二年起租金递增5%，即每月10,800元。",
        "half of the last printed place",
    ),
    Rule(
        "tax",
        "sum_differs",
        "error",
        "Net + tax = gross, net × rate = tax, gross ÷ (1 + rate) = net, as far as one clause gives them.",
        tax.taxes,
        "第一条 价款\n合同总价（含税）为113,000.00元，其中不含税价款100,000.00元，增值税税率13%，增值税税额13,500.00元。",
        "two cents, or half of the last printed place where sums are rounded more",
    ),
    Rule(
        "table.row",
        "sum_differs",
        "error",
        "A row of a table follows the formula that the other rows bear out (quantity × price × period, net + tax, months).",
        table_rows.rows,
        "第一条 货物\n序号\t名称\t数量\t单价（元）\t金额（元）\n1\t水泵\t2\t300\t600\n2\t阀门\t5\t40\t200\n3\t法兰\t8\t25\t250\n"
        "合计\t\t\t\t1,050",
        "half of the last printed place; where prices are rounded to the cent, what that carries",
    ),
    Rule(
        "table.stop",
        "ocr_suspect",
        "info",
        "A number in a cell has no stop without decimals behind it.",
        table_rows.stray_stops,
        "第一条 货物\n序号\t名称\t数量\t单价（元）\t金额（元）\n1\t水泵\t2\t13.\t26\n2\t阀门\t5\t40\t200",
    ),
    Rule(
        "table.column",
        "sum_differs",
        "error",
        "A total row is the sum of its column: of all rows, of those since the last subtotal, of the subtotals, or with tax and "
        "discounts.",
        table_totals.columns,
        "第一条 货物\n序号\t名称\t数量\t单价（元）\t金额（元）\n1\t水泵\t2\t300\t600\n2\t阀门\t5\t40\t200\n合计\t\t\t\t900",
        "half a cent, or half of the last printed place of decimals",
    ),
    Rule(
        "table.contract",
        "sum_differs",
        "warning",
        "The total of the only price list is the contract total, tax and discounts considered.",
        table_totals.against_contract,
        "第一条 货物\n序号\t名称\t数量\t单价（元）\t金额（元）\n1\t水泵\t2\t300\t600\n2\t阀门\t5\t40\t200\n合计\t\t\t\t800\n"
        "第二条 价款\n合同总价为人民币880元。",
        "1 yuan",
    ),
    Rule(
        "total.twice",
        "values_conflict",
        "warning",
        "The contract total is stated with one value only.",
        totals.total_twice,
        "第一条 价款\n合同总价为人民币100,000元。\n第二条 付款\n甲方于验收合格后一次性支付合同总价人民币110,000元。",
        "none",
    ),
    Rule(
        "sum.copies",
        "sum_differs",
        "error",
        "Copies of the parties add up to the copies in all.",
        totals.copies,
        "第一条 其他\n本合同一式肆份，甲方执叁份，乙方执贰份。",
        "none",
    ),
)

RULES: tuple[Rule, ...] = MONEY
