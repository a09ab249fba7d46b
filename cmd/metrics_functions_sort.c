/* SPDX-License-Identifier: MIT */
/*
 * metrics_functions_sort.c - Go's package sort, step by step: stable insertion
 * and SymMerge, and pattern-defeating quicksort.  zsortinterface.go is the model,
 * names included; recursion is a stack of ranges that are still to be sorted.
 */
#include "cmd/metrics_functions.h"

#define BLOCK 20u                       /* of sort.Stable */
#define INSERTION_MAX 12                /* of sort.Sort */
#define NINTHER_MIN 50
#define SWAPS_MAX (4 * 3)
#define STACK 128                       /* ranges halve: twice the bits of a length are plenty */

struct data {
	uint32_t *item;
	const uint32_t *value;
};

enum hint { HINT_UNKNOWN, HINT_INCREASING, HINT_DECREASING };

static bool less(const struct data *d, int64_t i, int64_t j)
{
	return d->value[d->item[i]] >= d->value[d->item[j]];
}

static void swap(const struct data *d, int64_t i, int64_t j)
{
	uint32_t t = d->item[i];

	d->item[i] = d->item[j];
	d->item[j] = t;
}

static unsigned bits(uint64_t n)
{
	unsigned count = 0;

	for (; n; n >>= 1)
		count++;
	return count;
}

static void insertion_sort(const struct data *d, int64_t a, int64_t b)
{
	for (int64_t i = a + 1; i < b; i++)
		for (int64_t j = i; j > a && less(d, j, j - 1); j--)
			swap(d, j, j - 1);
}

static void swap_range(const struct data *d, int64_t a, int64_t b, int64_t n)
{
	for (int64_t i = 0; i < n; i++)
		swap(d, a + i, b + i);
}

static void rotate(const struct data *d, int64_t a, int64_t m, int64_t b)
{
	int64_t i = m - a, j = b - m;

	while (i != j) {
		if (i > j) {
			swap_range(d, m - i, m, j);
			i -= j;
		} else {
			swap_range(d, m - i, m + j - i, i);
			j -= i;
		}
	}
	swap_range(d, m - i, m, i);
}

/* data[a] goes into data[m:b]. */
static void insert_first(const struct data *d, int64_t a, int64_t m, int64_t b)
{
	int64_t i = m, j = b;

	while (i < j) {
		int64_t h = (i + j) / 2;

		if (less(d, h, a))
			i = h + 1;
		else
			j = h;
	}
	for (int64_t k = a; k < i - 1; k++)
		swap(d, k, k + 1);
}

/* data[m] goes into data[a:m]. */
static void insert_last(const struct data *d, int64_t a, int64_t m)
{
	int64_t i = a, j = m;

	while (i < j) {
		int64_t h = (i + j) / 2;

		if (!less(d, m, h))
			i = h + 1;
		else
			j = h;
	}
	for (int64_t k = m; k > i; k--)
		swap(d, k, k - 1);
}

struct merge {
	int64_t a, m, b;
};

/* One call of symMerge; the two that it makes are put onto the stack, the second one first. */
static unsigned sym_merge(const struct data *d, struct merge now, struct merge *stack, unsigned n)
{
	int64_t a = now.a, m = now.m, b = now.b, mid = (a + b) / 2, both = mid + m;
	int64_t start = m > mid ? both - b : a, r = m > mid ? mid : m, p = both - 1;

	if (m - a == 1) {
		insert_first(d, a, m, b);
		return n;
	}
	if (b - m == 1) {
		insert_last(d, a, m);
		return n;
	}
	while (start < r) {
		int64_t c = (start + r) / 2;

		if (!less(d, p - c, c))
			start = c + 1;
		else
			r = c;
	}
	int64_t end = both - start;

	if (start < m && m < end)
		rotate(d, start, m, end);
	if (n + 2 > STACK)
		BUG("symMerge is %u deep", n);
	if (mid < end && end < b)
		stack[n++] = (struct merge){ mid, end, b };
	if (a < start && start < mid)
		stack[n++] = (struct merge){ a, start, mid };
	return n;
}

static void merge(const struct data *d, int64_t a, int64_t m, int64_t b)
{
	struct merge stack[STACK] = { { a, m, b } };
	unsigned n = 1;

	while (n) {
		struct merge now = stack[--n];

		n = sym_merge(d, now, stack, n);
	}
}

/* NOLINTNEXTLINE(readability-non-const-parameter): data.item writes */
void gosort_stable(uint32_t *item, uint32_t count, const uint32_t *value)
{
	struct data d = { .value = value };
	int64_t n = count, block = BLOCK, a = 0, b = BLOCK;

	d.item = item;
	for (; b <= n; a = b, b += block)
		insertion_sort(&d, a, b);
	insertion_sort(&d, a, n);
	for (; block < n; block *= 2) {
		for (a = 0, b = 2 * block; b <= n; a = b, b += 2 * block)
			merge(&d, a, a + block, b);
		if (a + block < n)
			merge(&d, a, a + block, n);
	}
}

static void sift_down(const struct data *d, int64_t lo, int64_t hi, int64_t first)
{
	for (int64_t root = lo;;) {
		int64_t child = 2 * root + 1;

		if (child >= hi)
			return;
		if (child + 1 < hi && less(d, first + child, first + child + 1))
			child++;
		if (!less(d, first + root, first + child))
			return;
		swap(d, first + root, first + child);
		root = child;
	}
}

static void heap_sort(const struct data *d, int64_t a, int64_t b)
{
	int64_t hi = b - a;

	for (int64_t i = (hi - 1) / 2; i >= 0; i--)
		sift_down(d, i, hi, a);
	for (int64_t i = hi - 1; i >= 0; i--) {
		swap(d, a, a + i);
		sift_down(d, 0, i, a);
	}
}

static void order2(const struct data *d, int64_t *a, int64_t *b, int *swaps)
{
	if (less(d, *b, *a)) {
		int64_t t = *a;

		++*swaps;
		*a = *b;
		*b = t;
	}
}

static int64_t median(const struct data *d, int64_t a, int64_t b, int64_t c, int *swaps)
{
	order2(d, &a, &b, swaps);
	order2(d, &b, &c, swaps);
	order2(d, &a, &b, swaps);
	return b;
}

static int64_t choose_pivot(const struct data *d, int64_t a, int64_t b, enum hint *ret_hint)
{
	int64_t l = b - a, i = a + l / 4, j = a + l / 4 * 2, k = a + l / 4 * 3;
	int swaps = 0;

	if (l >= 8) {
		if (l >= NINTHER_MIN) {
			i = median(d, i - 1, i, i + 1, &swaps);
			j = median(d, j - 1, j, j + 1, &swaps);
			k = median(d, k - 1, k, k + 1, &swaps);
		}
		j = median(d, i, j, k, &swaps);
	}
	*ret_hint = !swaps ? HINT_INCREASING : swaps == SWAPS_MAX ? HINT_DECREASING : HINT_UNKNOWN;
	return j;
}

static void break_patterns(const struct data *d, int64_t a, int64_t b)
{
	int64_t length = b - a, middle = a + length / 4 * 2;
	uint64_t random = (uint64_t)length, modulus = UINT64_C(1) << bits((uint64_t)length);

	if (length < 8)
		return;
	for (int64_t at = middle - 1; at <= middle + 1; at++) {
		random ^= random << 13;
		random ^= random >> 7;
		random ^= random << 17;
		int64_t other = (int64_t)(random & (modulus - 1));

		swap(d, at, a + (other >= length ? other - length : other));
	}
}

static bool partial_insertion_sort(const struct data *d, int64_t a, int64_t b)
{
	int64_t i = a + 1;

	for (int step = 0; step < 5; step++) {
		while (i < b && !less(d, i, i - 1))
			i++;
		if (i == b)
			return true;
		if (b - a < 50)
			return false;
		swap(d, i, i - 1);
		if (i - a >= 2)
			for (int64_t j = i - 1; j >= 1 && less(d, j, j - 1); j--)
				swap(d, j, j - 1);
		if (b - i >= 2)
			for (int64_t j = i + 1; j < b && less(d, j, j - 1); j++)
				swap(d, j, j - 1);
	}
	return false;
}

static int64_t partition_equal(const struct data *d, int64_t a, int64_t b, int64_t pivot)
{
	int64_t i = a + 1, j = b - 1;

	swap(d, a, pivot);
	for (;;) {
		while (i <= j && !less(d, a, i))
			i++;
		while (i <= j && less(d, a, j))
			j--;
		if (i > j)
			return i;
		swap(d, i++, j--);
	}
}

static int64_t partition(const struct data *d, int64_t a, int64_t b, int64_t pivot,
			 bool *ret_already)
{
	int64_t i = a + 1, j = b - 1;

	swap(d, a, pivot);
	for (*ret_already = true;; *ret_already = false) {
		while (i <= j && less(d, i, a))
			i++;
		while (i <= j && !less(d, j, a))
			j--;
		if (i > j)
			break;
		swap(d, i++, j--);
	}
	swap(d, j, a);
	return j;
}

struct part {
	int64_t a, b;
	unsigned limit;
	bool balanced, partitioned;
};

/* Sorts or shortens *p; true when a part was split off, which is to be sorted before the rest. */
static bool pdq_step(const struct data *d, struct part *p, struct part *ret_first)
{
	int64_t length = p->b - p->a, pivot, mid;
	enum hint hint;

	if (!p->balanced) {
		break_patterns(d, p->a, p->b);
		p->limit--;
	}
	pivot = choose_pivot(d, p->a, p->b, &hint);
	if (hint == HINT_DECREASING) {
		for (int64_t i = p->a, j = p->b - 1; i < j; i++, j--)
			swap(d, i, j);
		pivot = (p->b - 1) - (pivot - p->a);
		hint = HINT_INCREASING;
	}
	if (p->balanced && p->partitioned && hint == HINT_INCREASING &&
	    partial_insertion_sort(d, p->a, p->b)) {
		p->a = p->b;
		return false;
	}
	if (p->a > 0 && !less(d, p->a - 1, pivot)) {
		p->a = partition_equal(d, p->a, p->b, pivot);
		return false;
	}
	mid = partition(d, p->a, p->b, pivot, &p->partitioned);
	*ret_first = (struct part){ .limit = p->limit, .balanced = true, .partitioned = true };
	if (mid - p->a < p->b - mid) {
		p->balanced = mid - p->a >= length / 8;
		ret_first->a = p->a;
		ret_first->b = mid;
		p->a = mid + 1;
	} else {
		p->balanced = p->b - mid >= length / 8;
		ret_first->a = mid + 1;
		ret_first->b = p->b;
		p->b = mid;
	}
	return true;
}

/* NOLINTNEXTLINE(readability-non-const-parameter): data.item writes */
void gosort_sort(uint32_t *item, uint32_t count, const uint32_t *value)
{
	struct data d = { .value = value };
	struct part stack[STACK] = {
		{ .b = count, .limit = bits(count), .balanced = true, .partitioned = true },
	};
	unsigned n = 1;

	d.item = item;
	while (n) {
		struct part *p = &stack[n - 1];

		if (p->b - p->a <= INSERTION_MAX) {
			insertion_sort(&d, p->a, p->b);
			n--;
		} else if (!p->limit) {
			heap_sort(&d, p->a, p->b);
			n--;
		} else if (pdq_step(&d, p, &stack[n])) {
			/* What is split off is the smaller part. */
			if (++n == STACK)
				BUG("pdqsort is %u deep", n);
		}
	}
}
