/** PyTorch, through DJL. */
package io.lanewise.rivals.djl;
