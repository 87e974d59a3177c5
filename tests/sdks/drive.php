<?php
// Calls every public method of the PHP client in the folder that is named, and prints what it made of the answer.
error_reporting(E_ALL & ~E_DEPRECATED & ~E_WARNING);
require "$argv[1]/REES46.php";
$sdk = new REES46('demo');
$said = ['ssid' => strlen($sdk->getSSID()), 'kept' => (new REES46('demo', 'mine'))->getSSID()];
$bell = ['item_id' => 37, 'price' => 318, 'is_available' => 1, 'category' => 9, 'categories' => ['9', '10'], 'name' => 'Звонок & co',
    'url' => 'http://shop.example/?a=%20b&x=1', 'tags' => 'a, b', 'rating' => 3.5, 'recommended_by' => 'popular'];
$wheel = ['item_id' => 187, 'price' => 5000, 'is_available' => 1];
$sdk->setUser(33, 'php@example.com');
foreach (['view', 'cart', 'remove_from_cart', 'rate'] as $event) $said[$event] = $sdk->track($event, [$bell]);
$said['purchase'] = $sdk->track('purchase', [$bell, $wheel], 'PHP-1');
$sdk->setUser(33, 'php@example.com', true);
$said['hashed'] = $sdk->track('view', [$wheel]);
foreach ($sdk->supported_recommenders as $kind) $said[$kind] = $sdk->recommend($kind, ['item' => 3323, 'cart' => [12, 187]], 4);
echo json_encode($said);
