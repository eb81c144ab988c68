/**
 * The wire between the executor and a call process: frames in, frames out, both with caps. Entry
 * type {@link io.patchbay.executor.frame.FrameReader}. Must not know processes, deadlines or what a
 * frame means for a call.
 */
@NullMarked
package io.patchbay.executor.frame;

import org.jspecify.annotations.NullMarked;
