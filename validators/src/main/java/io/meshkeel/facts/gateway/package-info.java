/**
 * Gateways: the proxies that take them, the credentials these can read, the ways between networks.
 * Pure.
 */
@NullMarked
package io.meshkeel.facts.gateway;

import org.jspecify.annotations.NullMarked;
