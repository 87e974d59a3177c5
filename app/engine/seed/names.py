"""Names of the people of the demo shop, English and Russian, and the letters of their addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random


def _words(text: str) -> list[str]:
    return text.split()


EN_FEMALE = _words(
    "Alice Amelia Beatrice Charlotte Chloe Clara Daisy Eleanor Emily Emma Erin Evelyn Faith Freya Georgia Grace "
    "Hannah Harriet Heather Imogen Isla Ivy Jasmine Jessica Julia Laura Leah Lily Lucy Maisie Megan Molly Nina "
    "Olivia Phoebe Poppy Rachel Rose Ruby Sarah Sophie Stella Tessa Violet Willow Zoe"
)
EN_MALE = _words(
    "Adam Albert Arthur Ben Callum Charlie Daniel David Dylan Edward Elliot Ethan Felix Finn Frank George Harry "
    "Henry Hugo Isaac Jack Jacob James Joel Joseph Joshua Kieran Leo Liam Logan Lucas Martin Matthew Max Nathan "
    "Noah Oliver Oscar Owen Patrick Peter Ralph Reuben Robert Samuel Sebastian Simon Theo Thomas Toby William"
)
EN_LAST = _words(
    "Adams Allen Archer Atkins Bailey Barker Barnes Bell Bennett Bishop Brooks Burton Carter Chapman Clarke Coleman "
    "Collins Cooper Cox Dawson Dixon Douglas Edwards Ellis Evans Fisher Fletcher Foster Fox Gardner Gibson Gordon "
    "Graham Grant Gray Green Hall Harper Harris Hart Hayes Holmes Hughes Hunter Jackson James Jennings Kelly Knight "
    "Lane Lawson Lewis Marsh Mason Mills Moore Morgan Murphy Nelson Newman Norris Palmer Parker Pearce Perry Porter "
    "Price Quinn Reed Reid Reynolds Rhodes Riley Roberts Rogers Rowe Russell Saunders Shaw Spencer Stevens Stone "
    "Sutton Taylor Turner Walker Walsh Ward Watson Webb Wells West White Wood Wright Young"
)
RU_FEMALE = _words(
    "Алина Алиса Алла Анастасия Анна Валентина Варвара Василиса Вера Вероника Виктория Галина Дарья Диана Евгения "
    "Екатерина Елена Елизавета Жанна Зоя Инна Ирина Карина Кира Ксения Лариса Лидия Любовь Людмила Маргарита Марина "
    "Мария Надежда Наталья Нина Оксана Ольга Полина Раиса Светлана София Таисия Тамара Татьяна Ульяна Юлия Яна"
)
RU_MALE = _words(
    "Александр Алексей Анатолий Андрей Антон Аркадий Артём Борис Вадим Валерий Василий Виктор Виталий Владимир "
    "Вячеслав Геннадий Георгий Глеб Григорий Даниил Денис Дмитрий Евгений Егор Иван Игорь Илья Кирилл Константин "
    "Лев Леонид Максим Марк Матвей Михаил Никита Николай Олег Павел Пётр Роман Руслан Семён Сергей Станислав "
    "Степан Тимофей Тимур Фёдор Эдуард Юрий Ярослав"
)
RU_LAST = _words(
    "Абрамов Аксёнов Алексеев Антонов Афанасьев Баранов Белов Беляев Богданов Борисов Быков Васильев Виноградов "
    "Власов Волков Воробьёв Воронин Гаврилов Герасимов Голубев Горбунов Григорьев Гусев Давыдов Данилов Дмитриев "
    "Егоров Емельянов Ершов Ефимов Жуков Зайцев Захаров Зуев Иванов Ильин Исаев Казаков Калинин Карпов Киселёв "
    "Ковалёв Козлов Комаров Кондратьев Королёв Крылов Кудрявцев Кузнецов Куликов Лебедев Логинов Макаров Максимов "
    "Мартынов Медведев Мельников Миронов Михайлов Морозов Назаров Никитин Новиков Орлов Осипов Павлов Петров "
    "Поляков Попов Родионов Романов Рябов Савельев Сафонов Семёнов Сидоров Смирнов Соболев Соколов Соловьёв "
    "Сорокин Степанов Сухов Тарасов Титов Тихонов Фёдоров Филатов Филиппов Фомин Фролов Цветков Чернов Шестаков "
    "Щербаков Яковлев"
)
LATIN = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        _words("a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya"),
        strict=True,
    )
)


@dataclass(frozen=True)
class Name:
    first: str
    last: str
    gender: str
    language: str

    @property
    def latin(self) -> str:
        """Write it as people write it in an address: anna.sokolova."""
        return f"{_latin(self.first)}.{_latin(self.last)}"


def draw(random: Random) -> Name:
    """Three in five customers are Russian."""
    gender = random.choice("mf")
    if random.random() < 0.6:
        first = random.choice(RU_MALE if gender == "m" else RU_FEMALE)
        return Name(first, random.choice(RU_LAST) + ("а" if gender == "f" else ""), gender, "ru")
    return Name(random.choice(EN_MALE if gender == "m" else EN_FEMALE), random.choice(EN_LAST), gender, "en")


def _latin(word: str) -> str:
    return "".join(LATIN.get(letter, letter) for letter in word.lower()).replace("_", "")
