// Stands in where the line is gone: whoever asks for a page then sees ours, which says that nothing is lost. It keeps that page, its style and its sign, and nothing about anybody.
"use strict";
const name = "offline-1";
const page = "/offline";
const kept = [page, "/site.css", "/favicon.svg"];
// Who registers it says in which language.
const language = new URL(self.location).searchParams.get("language") ?? "en";

self.addEventListener("install", event => event.waitUntil((async () => {
  const cache = await caches.open(name);
  // Without cookies: the page as anybody sees it.
  await cache.addAll(kept.map(path => new Request(path, { credentials: "omit", cache: "reload", headers: { "Accept-Language": language } })));
  await self.skipWaiting();
})()));

self.addEventListener("activate", event => event.waitUntil((async () => {
  await Promise.all((await caches.keys()).filter(old => old !== name).map(old => caches.delete(old)));
  // The page is asked for while this script is still being woken.
  await self.registration.navigationPreload?.enable();
})()));

async function askedFor(event) {
  try {
    return (await event.preloadResponse) ?? await fetch(event.request);
  } catch {
    return caches.match(page);
  }
}

self.addEventListener("fetch", event => {
  const path = new URL(event.request.url).pathname;
  if (event.request.mode === "navigate") {
    event.respondWith(askedFor(event));
  } else if (kept.includes(path)) {
    event.respondWith(fetch(event.request).catch(() => caches.match(path)));
  }
});
