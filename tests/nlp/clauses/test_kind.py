"""The kind of a contract, over the marked documents of many kinds."""

import pytest

from nlp.clauses.kind import contract_kind
from nlp.clauses.segment import build_structure
from nlp.normalize import fold
from tests.support.trees import marked_tree

KINDS = {
    "confidentiality": "nda_flat noncompete",
    "construction": "sewage_construction fidic_like ocr_hard simple_receipt_style tables_between supervision ocr_two",
    "cooperation": "cooperation_preface sections letter_intent first_second film",
    "labour": "labour_chapter_words dispatch",
    "lease": "plant_lease_scan unnumbered_colon house_lease_agency ad_agreement",
    "loan": "loan_personal checkbox_loan guarantee_wide",
    "purchase_framework": "grain_supply",
    "sale": "bilingual_blocks house_presale lost_breaks missing_numbers procurement_special purchase_order page_noise "
    "house_secondhand supplement_behind used_car gov_table_front power_supply",
    "service": "agreement_in_annex framework_brackets heading_next_line hyphen_numbers processing_glued "
    "property_chapters "
    "service_dup_levels negotiation_file transport toc_no_pages two_title_levels "
    "law_quotes tour "
    "warehouse elder_care ocr_three platform_terms annex_numbered_dash cleaning_gov service_level_annex",
    "software": "software_decimals letter_sections",
    "supplement": "supplement_alone change_agreement",
    "technology": "trust_tech",
}
CASES = [(name, kind) for kind, names in KINDS.items() for name in names.split()]


@pytest.mark.parametrize(("name", "kind"), CASES)
def test_the_kind_of_a_document(name: str, kind: str) -> None:
    text = fold(marked_tree(name).document.text)
    title = build_structure(marked_tree(name).document, text).title
    assert contract_kind(fold(title) if title else None, text) == kind
