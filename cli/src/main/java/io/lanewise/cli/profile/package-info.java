/** What a model's nodes take, beside what the machine could do and what a rival takes. */
package io.lanewise.cli.profile;
