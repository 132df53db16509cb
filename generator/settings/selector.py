"""CSS selectors as an editor writes them, cut into steps that are found in time linear in the page.

cssselect turns a selector into one XPath expression; libxml2 then counts siblings again for every element and joins
sets of nodes pair by pair, so that a page of 100,000 elements can take hours. A step here is one element's own
condition, which is looked for once; how steps stand to each other is followed element by element.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from cssselect.parser import Tree

Joint: TypeAlias = Literal["", " ", ">", "+"]
"""How an element stands to the one of the step before: anywhere, inside it, its child, right behind it."""

_ALLOWED = "elements, .classes, #ids, [attributes], :not(), :is(), and the signs ' ', '>', '+' and ','"


@dataclass(frozen=True, slots=True)
class Step:
    """One element of a selector's path."""

    joint: Joint
    xpath: str
    """All elements of a document that meet the step's own condition."""


@lru_cache(maxsize=512)
def read_selector(text: str) -> tuple[tuple[Step, ...], ...]:
    """The selector's alternatives, each as its steps from the outside in.

    Raises:
        ValueError: it is no CSS selector, or uses what would make a search long; the message says what.
    """
    from cssselect import HTMLTranslator, SelectorError, parse

    translator = HTMLTranslator()
    try:
        paths = []
        for selector in parse(text):
            if selector.pseudo_element is not None:
                raise ValueError("a `::` part is no element; leave it out")
            steps = _steps_of(selector.parsed_tree)
            paths.append(tuple(Step(joint, translator.css_to_xpath(condition)) for joint, condition in steps))
        return tuple(paths)
    except SelectorError as error:
        raise ValueError(f"{error}; use {_ALLOWED}") from error


def _steps_of(tree: Tree) -> list[tuple[Joint, str]]:
    """(joint, condition) of each step, the condition as CSS again."""
    from cssselect.parser import CombinedSelector

    steps: list[tuple[Joint, str]] = []
    while isinstance(tree, CombinedSelector):
        joint: Joint
        match tree.combinator:
            case " " | ">" | "+" as joint:
                pass
            case other:
                raise ValueError(f"`{other}` is not supported; use {_ALLOWED}")
        _check_condition(tree.subselector)
        steps.append((joint, tree.subselector.canonical()))
        tree = tree.selector
    _check_condition(tree)
    steps.append(("", tree.canonical()))
    return steps[::-1]


def _check_condition(tree: Tree) -> None:
    """Refuse a condition that more than the element itself decides: positions, contents, other elements."""
    from cssselect import parser

    match tree:
        case parser.Element():
            if tree.namespace is not None:
                raise ValueError(f"`{tree.canonical()}` names a namespace, which pages do not have")
        case parser.Attrib():
            if tree.namespace is not None:
                raise ValueError(f"`{tree.canonical()}` names a namespace, which pages do not have")
            _check_condition(tree.selector)
        case parser.Class() | parser.Hash():
            _check_condition(tree.selector)
        case parser.Negation():
            _check_condition(tree.selector)
            _check_condition(tree.subselector)
        case parser.Matching():
            _check_condition(tree.selector)
            for one in tree.selector_list:
                _check_condition(one)
        case parser.Pseudo() | parser.Function():
            name = tree.ident if isinstance(tree, parser.Pseudo) else f"{tree.name}()"
            raise ValueError(f"`:{name}` is not supported; use {_ALLOWED}")
        case _:
            raise ValueError(f"`{tree.canonical()}` is not supported; use {_ALLOWED}")
