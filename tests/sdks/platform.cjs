// What React Native and its plug-ins give an app, as far as the SDK asks for it.
const kept = {}, heard = (globalThis.heard ??= {});
const hear = (name) => (...said) => { heard[name] = said.at(-1); };
const old = () => ({ requestPermission: async () => 1, getToken: async () => 'token', onMessage: hear('message'), setBackgroundMessageHandler: hear('background') });
module.exports = {
  Platform: { OS: 'android', Version: 31 }, AppState: { currentState: 'active' }, Linking: { openURL: async () => false },
  AndroidImportance: {}, AndroidStyle: {}, EventType: {}, AuthorizationStatus: { DENIED: 0, AUTHORIZED: 1 },
  getUniqueId: () => 'device-1', getMessaging: () => ({}), getToken: async () => 'token', deleteToken: async () => {},
  onMessage: hear('message'), setBackgroundMessageHandler: hear('background'), onNotificationOpenedApp: hear('opened'),
  default: Object.assign(old, {
    AuthorizationStatus: { AUTHORIZED: 1 }, getAndroidId: async () => 'device-4',
    getItem: async (name) => kept[name] ?? null, setItem: async (name, value) => { kept[name] = String(value); },
    configure() {}, channelExists() {}, localNotification() {}, createChannel() {}, displayNotification() {},
    requestPermission: async () => ({ authorizationStatus: 1 }), onForegroundEvent() {}, onBackgroundEvent() {}, getInitialNotification() {},
  }),
};
Object.defineProperty(module.exports, '__esModule', { value: true });
