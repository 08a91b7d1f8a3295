/**
 * Convolution: plans for its three passes, the list of algorithms, and the algorithms; transposed
 * convolution, which is the same passes in other roles.
 */
package io.lanewise.kernels.conv;
