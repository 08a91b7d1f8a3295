/** Convolution: plans for its three passes, the list of algorithms, and the algorithms. */
package io.lanewise.kernels.conv;
