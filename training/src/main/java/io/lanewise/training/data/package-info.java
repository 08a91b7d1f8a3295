/**
 * Labelled images: reading IDX files, Fashion-MNIST with an embedded sample, and the way from bytes
 * to normalised float batches.
 */
package io.lanewise.training.data;
