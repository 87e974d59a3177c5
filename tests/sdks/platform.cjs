// What React Native and its plug-ins give an app, as far as the SDK asks for it.
const kept = {}, heard = (globalThis.heard ??= {});
const hear = (name) => (...said) => { heard[name] = said.at(-1); };
const old = () => ({ requestPermission: async () => 1, getToken: async () => 'token', onMessage: hear('message'), setBackgroundMessageHandler: hear('background') });
// Some releases import the default as Node does, which is all that is exported.
module.exports = Object.assign(old, {
  Platform: { OS: 'android', Version: 31 }, AppState: { currentState: 'active', addEventListener: () => ({ remove() {} }) }, Linking: { openURL: async () => false },
  StyleSheet: { create: (styles) => styles, flatten: (style) => style }, Dimensions: { get: () => ({ width: 390, height: 800 }), addEventListener() {} },
  Animated: { Value: class {}, View: null }, PermissionsAndroid: { PERMISSIONS: {}, RESULTS: {}, request: async () => 'granted', check: async () => true },
  InteractionManager: { runAfterInteractions: (then) => then() }, Image: {}, View: null, Text: null, Pressable: null,
  createElement: () => null, forwardRef: (draw) => draw, AndroidVisibility: {}, onTokenRefresh: hear('refresh'), getAPNSToken: async () => 'apns',
  AndroidImportance: {}, AndroidStyle: {}, EventType: {}, AuthorizationStatus: { DENIED: 0, AUTHORIZED: 1 },
  getUniqueId: () => 'device-1', getMessaging: () => ({}), getToken: async () => 'token', deleteToken: async () => {},
  onMessage: hear('message'), setBackgroundMessageHandler: hear('background'), onNotificationOpenedApp: hear('opened'),
  AuthorizationStatus: { AUTHORIZED: 1 }, getAndroidId: async () => 'device-4',
  getItem: async (name) => kept[name] ?? null, setItem: async (name, value) => { kept[name] = String(value); },
  configure() {}, channelExists() {}, localNotification() {}, createChannel() {}, displayNotification() {},
  requestPermission: async () => ({ authorizationStatus: 1 }), onForegroundEvent() {}, onBackgroundEvent() {}, getInitialNotification() {},
});
module.exports.default = module.exports;
Object.defineProperty(module.exports, '__esModule', { value: true });
