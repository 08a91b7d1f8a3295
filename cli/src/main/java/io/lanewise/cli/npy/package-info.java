/** NumPy's files of single arrays. */
package io.lanewise.cli.npy;
