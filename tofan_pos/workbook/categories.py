"""Hides how a category is meant by either of its names, however it is typed."""

from dataclasses import dataclass, field

from tofan_pos.domain.catalogue import Text
from tofan_pos.thai.folding import fold


@dataclass(slots=True)
class Categories:
    """The categories that products have been found in; those without a Thai name have no name."""

    met: set[Text] = field(default_factory=set)
    by_thai: dict[str, str] = field(default_factory=dict)
    by_english: dict[str, str] = field(default_factory=dict)

    def meet(self, category: Text) -> None:
        """Take down a product's category."""
        if category.th and category not in self.met:
            self.met.add(category)
            self.by_thai[category.th] = category.th
            self.by_thai.setdefault(fold(category.th), category.th)
            first = self.by_english.setdefault(fold(category.en), category.th)
            if first != category.th:  # what means two categories means none
                self.by_english[fold(category.en)] = ""

    def named(self, name: str) -> str:
        """Return the Thai name of the category that a name means, or nothing where none is."""
        key = fold(name)
        return self.by_thai.get(name) or self.by_thai.get(key) or self.by_english.get(key, "")
