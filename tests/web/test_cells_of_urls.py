"""A URL in a cell is kept byte for byte or refused."""

import pytest

from app.web.cells.tidying import Unfit
from app.web.cells.urls import read_url


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/maps?ll=37.6,55.7&z=10",
        "https://example.com/a;b=1?c;d",
        "myapp://ProductCard/12",
        "HTTPS://Example.com/Path",
        "https://почта.рф/каталог",
        "https://xn--80a1acny.xn--p1ai/",
        "http://[::1]:8080/a",
        "http://[2001:db8::1]/",
        "https://user:pass@example.com:443/",
        "http://192.168.0.1/",
        "http://localhost:3000/",
        "tel:+79990000002",
        "mailto:anna@example.com",
        "tg://resolve?domain=shop",
        "intent://scan/#Intent;end",
        "com.shop.app:/oauth",
        "https://example.com./",
        "https://a_b.example.com/",
        "https://example.com/?q=a%20b#x",
        "https://shop.example/{{id}}",
        "https://example.com?x=1",
        "ftp://example.com/f",
        "https://xn--i-7iq.ws/",
        "https://1.example.com/",
        "https://example.com4/",
    ],
)
def test_a_url_is_kept_byte_for_byte(url):
    assert read_url(url) == url


def test_a_bare_host_gets_its_scheme():
    assert read_url(" example.com/page ") == "https://example.com/page"
    assert read_url("shop.example:8080/a,b") == "https://shop.example:8080/a,b"


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/x;https://b.example/y",
        "https://a.example/x, https://b.example/y",
        "https://a.example/x|http://b.example/y",
        "https://a.example/?a=1;https://b.example/y",
    ],
)
def test_two_urls_in_a_cell_are_not_one(url):
    with pytest.raises(Unfit) as unfit:
        read_url(url)
    assert unfit.value.code == "urls"


def test_a_list_of_urls_in_a_parameter_belongs_to_its_url():
    url = "https://a.example/?u=https://b.example,https://c.example"
    assert read_url(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://shop..example.com/",
        "https://example.com:99999/",
        "htps://example.com/",
        "http://a b/",
        "https://shop.example/winter tyres",
        "https:///example.com",
        "https:example.com",
        "https:/example.com",
        "https://",
        "http://-example.com/",
        "http://example-.com/",
        "http://[::1/",
        "http://[zz::1]/",
        "http://256.1.1.1/",
        "http://1.2.3/",
        "https://example.com:0/",
        "https://example.com:port/",
        "http:\\\\example.com",
        "httpss://a.com",
        "ttps://a.com",
        "hxxp://a.com",
        "https://.example.com/",
        "https://exa\u00a0mple.com/",
        "https://a.com/a\u200bb",
        "https://a.com/\nb",
        "myapp://",
        "//example.com/",
        "just words",
        "https://" + "a" * 64 + ".com/",
        "https://a.com/" + "x" * 8000,
        "https://exam!ple.com/",
        "https://example.com\\@evil.example/",
        "http://shop.1.2.3.4/",  # a host that ends in a number is an address of four bytes
        "http://example.09/",
        "http://0x7f.0.0.1/",
        "http://2130706433/",
        "http://010.8.8.8/",  # 8.8.8.8 to a browser, and 10.8.8.8 to a reader
        "http://1.2.3.08/",
        "http://[::1%31]/",
        "https://xn--pokxncvks.example/",
        "https://xn--99999999.example/",
        "ftp://shop..example.com/",
        "wss:/example.com/",
    ],
)
def test_what_is_no_url_is_refused(url):
    with pytest.raises(Unfit):
        read_url(url)
