/** Softmax, alone and with cross-entropy. */
package io.lanewise.kernels.softmax;
