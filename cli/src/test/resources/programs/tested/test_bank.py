import pytest
from bank import Overdrawn, withdraw


def test_withdraws(account):
    assert withdraw(account, 4) == 6


@pytest.mark.parametrize("amount", [11, 12])
def test_refuses(amount):
    with pytest.raises(Overdrawn, match=f"{amount} is too much"):
        withdraw({"balance": 10}, amount)


def test_fails_as_before():
    left = withdraw({"balance": 10}, 1)
    assert left == 8


@pytest.mark.skip(reason="no bank today")
def test_is_skipped():
    raise AssertionError


@pytest.mark.xfail(strict=True)
def test_is_expected_to_fail():
    raise KeyError("gone")


class TestCase:
    @pytest.fixture(autouse=True)
    def prepared(self):
        self.account = {"balance": 3}

    def test_uses_self(self):
        assert withdraw(self.account, 3) == 0
