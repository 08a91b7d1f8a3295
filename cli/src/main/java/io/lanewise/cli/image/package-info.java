/**
 * Pictures from files to grey pixels of a given size, the same on every machine: {@link
 * io.lanewise.cli.image.ImageFiles} reads, {@link io.lanewise.cli.image.ImageScaling} fits.
 */
package io.lanewise.cli.image;
