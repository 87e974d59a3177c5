"""What customers and the support team of the demo shop say to each other."""

from __future__ import annotations

# channel, event, type, theme, comment, status
Talk = tuple[str, str, str, str, str, str]
TALKS: dict[str, tuple[Talk, ...]] = {
    "en": (
        ("phone", "incoming", "question", "Delivery", "Where is the order? The courier comes tomorrow.", "closed"),
        ("phone", "incoming", "complaint", "Delivery", "The box was open. Photos are asked for.", "open"),
        ("chat", "incoming", "question", "Sizes", "Shoes 43 or 44? Advised half a size up for winter socks.", "closed"),
        ("chat", "incoming", "question", "Promo code", "Code did not work: it was for bicycles only.", "closed"),
        ("email", "incoming", "return", "Returns", "Helmet too small, wants the next size.", "open"),
        ("email", "outgoing", "answer", "Returns", "Sent the label; money comes within ten days.", "closed"),
        ("store", "incoming", "visit", "Service", "Brakes adjusted, gear cable replaced.", "closed"),
        ("phone", "outgoing", "offer", "Loyalty", "Told about the Gold status and its free service.", "closed"),
    ),
    "ru": (
        ("phone", "incoming", "question", "Доставка", "Где заказ? Курьер приедет завтра после обеда.", "closed"),
        ("phone", "incoming", "complaint", "Доставка", "Коробка вскрыта. Попросили прислать фотографии.", "open"),
        ("chat", "incoming", "question", "Размеры", "Рама на рост 168: посоветовали S.", "closed"),
        ("chat", "incoming", "question", "Промокод", "Код не сработал: он только для новых покупателей.", "closed"),
        ("email", "incoming", "return", "Возврат", "Кроссовки малы, хочет обменять на 42.", "open"),
        ("email", "outgoing", "answer", "Возврат", "Отправили этикетку, деньги вернутся за десять дней.", "closed"),
        ("store", "incoming", "visit", "Мастерская", "Настроили тормоза, заменили цепь.", "closed"),
        ("phone", "outgoing", "offer", "Бонусы", "Рассказали, что 300 бонусов сгорят в конце месяца.", "closed"),
    ),
}
