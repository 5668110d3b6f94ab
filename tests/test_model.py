"""What ``Settings`` refuse, in words."""

from __future__ import annotations

from typing import Any

import pytest

from detector import DetectorError, Settings, scan
from detector.reporting.export import to_json


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"same_source": "no"}, "same_source must be of type bool, not 'no'"),
        ({"keep_boilerplate": 0}, "keep_boilerplate must be of type bool, not 0"),
        ({"verdicts": None}, "verdicts must be of type tuple, not None"),
        ({"verdicts": "rewrite"}, "verdicts must be of type tuple, not 'rewrite'"),
        ({"verdicts": (["rewrite"],)}, "verdicts must be among duplicate, near-duplicate"),
        ({"workers": True}, "workers must be of type int, not True"),
        ({"neighbours": 2.0}, "neighbours must be of type int, not 2.0"),
        ({"threshold": "0.7"}, "threshold must be of type float, not '0.7'"),
        ({"threshold": True}, "threshold must be of type float, not True"),
        ({"threshold": float("nan")}, "threshold must lie above 0"),
    ],
)
def test_a_setting_of_another_type_is_refused_with_its_name(given: dict[str, Any], said: str) -> None:
    with pytest.raises(DetectorError) as caught:
        Settings(**given)
    assert str(caught.value).startswith(said)


def test_a_whole_number_will_do_for_a_share() -> None:
    settings = Settings(threshold=1, min_probability=0)
    assert repr(settings) == repr(Settings(threshold=1.0))
    assert to_json(scan([], settings)) == to_json(scan([], Settings(threshold=1.0)))
