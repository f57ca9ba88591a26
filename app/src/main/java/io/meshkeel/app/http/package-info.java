/** What the service shows over HTTP: pages, health, metrics, and the way in for webhooks. */
@NullMarked
package io.meshkeel.app.http;

import org.jspecify.annotations.NullMarked;
