import pytest


@pytest.fixture(scope="session")
def ledger():
    lines = []
    yield lines
    assert lines == ["opened", "closed"]


@pytest.fixture
def account(ledger):
    ledger.append("opened")
    yield {"balance": 10}
    ledger.append("closed")


def pytest_runtest_logreport(report):
    if report.when == "call":
        print(f"\n{report.nodeid} {report.outcome}")
