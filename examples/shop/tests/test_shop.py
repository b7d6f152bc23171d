import pytest

from shop.catalog import Catalog, load_products
from shop.checkout import Cart, OutOfStock, checkout
from shop.__main__ import main


@pytest.fixture
def catalog():
    return Catalog(load_products("pen;1.00;3\nlamp;30.00;0\n"))


def test_search_passes_over_what_is_sold_out(catalog):
    assert [p.name for p in catalog.search(lambda p: True)] == ["pen"]


def test_checkout_adds_tax(catalog):
    cart = Cart("Ada")
    cart.add(catalog.by_name("pen"), 2)
    assert checkout(cart, catalog).total == 2.38


def test_a_failed_order_puts_everything_back(catalog):
    cart = Cart("Ada")
    cart.add(catalog.by_name("pen"), 5)
    with pytest.raises(OutOfStock):
        checkout(cart, catalog)
    assert catalog.by_name("pen").left == 3


def test_the_shop_runs(capsys):
    assert main(["7"]) == 0
    assert "Bolt brought Ada" in capsys.readouterr().out
