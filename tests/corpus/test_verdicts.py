"""Verdicts hold for the words of a fact, not for its number."""

from pathlib import Path

import pytest

from corpus.accounts import prepare_accounts
from corpus.packing import pack
from corpus.store import Store, open_store
from corpus.verdicts import Verdicts
from schema.errors import StoreError
from tests.support.collection import purchase


@pytest.fixture
def store(tmp_path: Path) -> Store:
    opened = open_store(f"sqlite:///{tmp_path / 'q.sqlite'}", "memory://verdicts")
    prepare_accounts(opened.database)
    opened.put(pack(purchase()))
    return opened


def test_the_last_word_counts_and_can_be_taken_back(store: Store) -> None:
    verdicts, contract = Verdicts(store.database), purchase()
    verdicts.say(contract, "n1", "accepted", who="王芳")
    verdicts.say(contract, "n1", "rejected", who="李雷")
    assert {name: (v.word, v.who) for name, v in verdicts.of(contract).items()} == {"n1": ("rejected", "李雷")}
    verdicts.say(contract, "n1", None, who="李雷")
    assert verdicts.of(contract) == {}


def test_a_verdict_survives_new_numbers_and_not_new_words(store: Store) -> None:
    verdicts, contract = Verdicts(store.database), purchase()
    verdicts.say(contract, "n1", "accepted", who="王芳")
    first, second = contract.penalties
    renumbered = contract.model_copy(
        update={"penalties": (first.model_copy(update={"id": "n7"}), second.model_copy(update={"id": "n1"}))}
    )
    assert list(verdicts.of(renumbered)) == ["n7"]
    changed = contract.model_copy(update={"penalties": (first.model_copy(update={"text": "别的话"}), second)})
    assert "n1" not in verdicts.of(changed)


def test_facts_with_the_same_words_are_told_apart(store: Store) -> None:
    contract = purchase()
    assert contract.penalties[0].text == contract.penalties[1].text
    verdicts = Verdicts(store.database)
    verdicts.say(contract, "n2", "rejected", who="王芳")
    assert list(verdicts.of(contract)) == ["n2"]


def test_verdicts_go_with_their_contract(store: Store) -> None:
    verdicts, contract = Verdicts(store.database), purchase()
    verdicts.say(contract, "n1", "accepted", who="王芳")
    store.delete([contract.id])
    verdicts.say(contract, "n2", None, who="王芳")  # any later word sweeps
    assert verdicts.of(contract) == {}


def test_an_unknown_fact_is_refused(store: Store) -> None:
    with pytest.raises(StoreError, match="element_unknown"):
        Verdicts(store.database).say(purchase(), "x9", "accepted", who="王芳")
