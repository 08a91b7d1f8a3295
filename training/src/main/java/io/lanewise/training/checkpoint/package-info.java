/** Trained networks in files. */
package io.lanewise.training.checkpoint;
