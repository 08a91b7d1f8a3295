/** Files that are replaced whole or not at all. */
package io.lanewise.layers.files;
