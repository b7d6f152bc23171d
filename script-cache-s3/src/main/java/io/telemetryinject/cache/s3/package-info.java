/** The script cache in a bucket: written once without a lock, patient when it does not answer. */
@NullMarked
package io.telemetryinject.cache.s3;

import org.jspecify.annotations.NullMarked;
