/**
 * The front door: chat, builder and operator API in, JSON out; who may come in, and how much at a
 * time. Begin with {@link io.patchbay.http.HttpServer}, then {@link io.patchbay.http.Desk}, which
 * takes one request through. What is served stands in {@link io.patchbay.http.ChatRoutes}, {@link
 * io.patchbay.http.BuilderRoutes} and {@link io.patchbay.http.OperatorRoutes}. Decides nothing
 * about bots; must not know SQL, executors, webhooks or the doors of other platforms.
 */
@NullMarked
package io.patchbay.http;

import org.jspecify.annotations.NullMarked;
