/** Named architectures, as published. */
package io.lanewise.layers.models;
