/** Classic image filters as weights of the depthwise convolution that networks use. */
package io.lanewise.kernels.image;
