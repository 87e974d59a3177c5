// Calls every method of the React Native SDK in a folder, and prints the status of all that it sent.
const { buildSync } = require('esbuild'), axios = require('axios'), path = require('path');
const [folder, outfile] = process.argv.slice(2), print = console.log, sent = [];
const platform = ['react-native', '@react-native-async-storage/async-storage', 'react-native-device-info', '@react-native-firebase/messaging',
  'react', '@react-native-firebase/app', 'react-native-push-notification', '@react-native-community/push-notification-ios', '@notifee/react-native'];
const alias = Object.fromEntries(platform.map((name) => [name, path.join(__dirname, 'platform.cjs')]));
buildSync({ entryPoints: [path.join(folder, 'index.js')], bundle: true, format: 'cjs', platform: 'node', outfile, external: ['axios', 'react-native-*'], alias,
  loader: { '.js': 'jsx' }, logLevel: 'error' });
const note = (answer, config) => sent.push(`${config.method} ${config.url.replace(/.*?\w\//, '/').split('?')[0]} ${answer?.status}`);
axios.interceptors.response.use((answer) => (note(answer, answer.config), answer), (error) => { note(error.response, error.config); throw error; });
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const line = { id: '37', amount: 2, price: 318, stock: true, custom: { fashion_size: 'L' } }, push = { data: { id: 'code', type: 'bulk', title: 't', body: 'b' } };
const calls = [
  ['track', 'view', { ...line, categories: ['304'], url: 'https://shop.example/?a=1', name: 'A & B', recommended_by: 'dynamic', recommended_code: 'popular' }],
  ['track', 'view', 37], ['track', 'category', '304'], ['track', 'search', 'helmet & co'], ['track', 'search', { query: 'helmet', results: ['37'] }],
  ['track', 'cart', line], ['track', 'cart', [line, { id: '187', amount: 1 }]], ['cart'], ['track', 'remove_from_cart', '37'],
  ['track', 'wish', { id: '187' }], ['track', 'remove_wish', '187'],
  ['track', 'purchase', { order: `N${Date.now()}`, order_price: 30, order_cash: 20, promocode: 'X', delivery_type: 'delivery', products: [line] }],
  ['trackEvent', 'quiz', { category: 'c', label: 'l', value: 100 }], ['trackEvent', 'quiz'],
  ...['Clicked', 'Received', 'Opened', 'Delivered'].map((name) => [`notification${name}`, { code: 'code', type: 'mobile_push_transactional' }]),
  ['recommend', 'popular', { limit: 3, extended: 1, exclude: ['37', '187'], brands: ['A', 'B'] }], ['recommend', 'similar', { item: '37' }],
  ['search', { type: 'instant_search', search_query: 'hel' }],
  ['search', { type: 'full_search', search_query: 'a & b', limit: 3, categories: ['304'], filters: { a: ['b'] }, colors: ['white'], exclude: ['37'] }],
  ['setProfile', { id: 100500, email: 'app@example.com', phone: '4400114527199', birthday: '1990-03-11', kids: [{ gender: 'm' }], odd: ['a'] }], ['getProfile'],
  ['setPushTokenNotification', 'a1b2'], ['triggers', 'manage', { email: 'app@example.com', email_bulk: true }], ['subscriptions', 'manage', { email_bulk: true }],
  ...['subscribe_for', 'unsubscribe_from'].flatMap((what) => ['price', 'available'].map((kind) => ['triggers', `${what}_product_${kind}`, { email: 'app@example.com', item: '37', item_ids: ['37'], price: 10 }])),
  ['segments', 'add', { segment_id: '123' }], ['segments', 'get'], ['segments', 'remove', { segment_id: '123' }],
  ['getProductsFromCart'], ['getProductInfo', '37'], ['getProductsList', { limit: 3, brands: ['A'], filters: { Color: ['red', 'blue'] } }], ['getProductCounters', '37'],
  ['getCategory', '304', { limit: 3 }], ['getCollection', '6'], ['searchBlank'], ['getLastOrderProducts'], ['getUserOrders', { shop_secret: 'demo-secret', email: 'app@example.com' }], ['getNpsChannels'], ['getNpsCategories'],
  ['loyaltyJoin', { phone: '447700900101', first_name: 'Anna' }], ['getLoyaltyStatus', '447700900101'], ['getProbabilityToPurchase'], ['getStories', 'main'],
  ['trackStoryView', 1, 2, 'main'], ['trackStoryClick', 1, 2, 'main'], ['trackPopupShown', 1],
  ['showNotification', push], ['initPush'], ['deleteToken'],
];
(async () => {
  console.log = () => {};
  const sdk = new (require(outfile).default)('demo');
  for (let times = 0; times < 100 && !sdk.isInit(); times++) await wait(50);
  for (const [name, ...said] of calls) { await Promise.race([Promise.resolve(sdk[name]?.(...said)).catch(() => 0), wait(400)]); await wait(60); }
  await heard.message?.({ ...push, messageId: 'm1', sentTime: Date.now(), data: { ...push.data, event: '{"type":"category","uri":"304"}' } });
  await wait(200); await sdk.onClickPush?.({ data: { message_id: 'm1', id: 'code', type: 'bulk' } });
  await wait(500); print(JSON.stringify(sent)); process.exit(0);
})();
