/** Dropout and random numbers from a counter-based generator: no state, the same on any threads. */
package io.lanewise.kernels.dropout;
