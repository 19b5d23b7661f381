"""What every proposal is asked before it is saved."""

import pytest

from app.domain.refusal import Doubted
from app.services.commands.may_save import check_may_save
from tests.services.ward import Ward, refused

DOUBT = Doubted("repeats")


def test_another_state_of_the_file_is_refused_whatever_was_confirmed(ward: Ward) -> None:
    head = ward.study.head()
    check_may_save(ward.study, head, None, sure=False)
    ward.do("note", visit="SP-C01", text="in between")
    refused("changed_meanwhile", check_may_save, ward.study, head, DOUBT, True)


def test_a_doubt_is_asked_about_until_it_is_confirmed(ward: Ward) -> None:
    head = ward.study.head()
    with pytest.raises(Doubted):
        check_may_save(ward.study, head, DOUBT, sure=False)
    check_may_save(ward.study, head, DOUBT, sure=True)
