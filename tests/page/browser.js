/* SPDX-License-Identifier: MIT */
/*
 * browser.js - a headless Chromium that opens one page, spoken to in its own protocol through a
 * pipe: no port, no library.  Keeps what the page says and asks for.
 */
"use strict";
const { spawn, execFileSync } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");

const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/* MESHCTL_CHROMIUM=program: that one. */
function findBrowser() {
	for (const name of process.env.MESHCTL_CHROMIUM ? [process.env.MESHCTL_CHROMIUM] : NAMES) {
		try {
			execFileSync(name, ["--version"], { stdio: "ignore" });
			return name;
		} catch (error) {
			/* the next one */
		}
	}
	return null;
}

class Browser {
	async start(program) {
		this.profile = fs.mkdtempSync(path.join(os.tmpdir(), "meshctl-page-"));
		this.process = spawn(program, ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
			"--disable-extensions", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--mute-audio",
			"--hide-scrollbars", "--force-color-profile=srgb", "--remote-debugging-pipe", "--user-data-dir=" + this.profile, "about:blank"],
		{ stdio: ["ignore", "ignore", "pipe", "pipe", "pipe"], env: { ...process.env, HOME: this.profile } });
		this.said = "";
		this.process.stderr.on("data", d => { this.said = (this.said + d).slice(-4000); });
		this.process.on("exit", () => this.fail(new Error("the browser ended: " + this.said)));
		this.waiting = new Map();
		this.handlers = new Map();
		this.number = 0;
		let rest = "";
		this.process.stdio[4].setEncoding("utf8");
		this.process.stdio[4].on("data", chunk => {
			const parts = (rest + chunk).split("\0");
			rest = parts.pop();
			parts.forEach(p => this.take(JSON.parse(p)));
		});
		const { targetInfos } = await this.send("Target.getTargets");
		const page = targetInfos.find(t => t.type === "page");
		this.session = (await this.send("Target.attachToTarget", { targetId: page.targetId, flatten: true })).sessionId;
		this.errors = [];
		this.requests = [];
		this.on("Runtime.exceptionThrown", e => this.errors.push(e.exceptionDetails.text + " " +
			(e.exceptionDetails.exception ? e.exceptionDetails.exception.description : "")));
		this.on("Runtime.consoleAPICalled", e => ["error", "warning", "assert"].includes(e.type) &&
			this.errors.push("console: " + e.args.map(a => a.value || a.description).join(" ")));
		this.on("Log.entryAdded", e => ["error", "warning"].includes(e.entry.level) && this.errors.push("log: " + e.entry.text));
		this.on("Page.javascriptDialogOpening", e => this.errors.push("dialog: " + e.message));
		this.refused = [];
		const asked = new Map();
		this.on("Network.requestWillBeSent", e => {
			asked.set(e.requestId, e.request.url);
			this.requests.push(e.request.url);
		});
		this.on("Network.loadingFailed", e => e.blockedReason === "csp" && this.refused.push(asked.get(e.requestId)));
		for (const domain of ["Runtime", "Log", "Page", "Network"])
			await this.send(domain + ".enable");
		return this;
	}

	on(method, handler) {
		this.handlers.set(method, [...(this.handlers.get(method) || []), handler]);
	}

	once(method) {
		return new Promise(resolve => this.on(method, resolve));
	}

	take(message) {
		const wait = this.waiting.get(message.id);

		this.waiting.delete(message.id);
		if (wait && message.error)
			wait.reject(new Error(message.error.message));
		else if (wait)
			wait.resolve(message.result);
		else
			(this.handlers.get(message.method) || []).forEach(h => h(message.params));
	}

	fail(error) {
		this.waiting.forEach(w => w.reject(error));
		this.waiting.clear();
	}

	send(method, params) {
		const id = ++this.number;

		return new Promise((resolve, reject) => {
			this.waiting.set(id, { resolve, reject });
			this.process.stdio[3].write(JSON.stringify({ id, method, params: params || {},
				...(this.session ? { sessionId: this.session } : {}) }) + "\0");
		});
	}

	/* Opens a file as a person does: from the disk. */
	async open(file, { width = 1360, height = 900, dark = false } = {}) {
		await this.send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: false });
		await this.dark(dark);
		this.errors.length = this.requests.length = this.refused.length = 0;
		const loaded = this.once("Page.loadEventFired");
		this.url = "file://" + path.resolve(file).split("/").map(encodeURIComponent).join("/");
		await this.send("Page.navigate", { url: this.url });
		await loaded;
	}

	async dark(yes) {
		await this.send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: yes ? "dark" : "light" },
			{ name: "prefers-reduced-motion", value: "reduce" }] });
	}

	/* The value of an expression in the page; promises are awaited. */
	async eval(expression) {
		const { result, exceptionDetails } = await this.send("Runtime.evaluate",
			{ expression, returnByValue: true, awaitPromise: true });

		if (exceptionDetails)
			throw new Error((exceptionDetails.exception || {}).description || exceptionDetails.text);
		return result.value;
	}

	async key(key, text) {
		const code = { Enter: 13, Escape: 27, Tab: 9, ArrowUp: 38, ArrowDown: 40, ArrowLeft: 37, ArrowRight: 39, Home: 36, End: 35 }[key];

		await this.send("Input.dispatchKeyEvent", { type: "keyDown", key, windowsVirtualKeyCode: code, text: text || (key.length === 1 ? key : undefined) });
		await this.send("Input.dispatchKeyEvent", { type: "keyUp", key, windowsVirtualKeyCode: code });
	}

	async type(text) {
		await this.send("Input.insertText", { text });
	}

	async clickAt(x, y, times = 1) {
		for (let n = 1; n <= times; n++)
			for (const type of ["mousePressed", "mouseReleased"])
				await this.send("Input.dispatchMouseEvent", { type, x, y, button: "left", clickCount: n });
	}

	/* Scrolls the element into view and clicks into its middle. */
	async click(selector, times) {
		const at = await this.eval(`(() => { const e = document.querySelector(${JSON.stringify(selector)}); if (!e) return null;
			e.scrollIntoView({ block: "center" }); const r = e.getBoundingClientRect(); return { x: r.x + r.width / 2, y: r.y + r.height / 2 }; })()`);

		if (!at)
			throw new Error("nothing is '" + selector + "'");
		await this.clickAt(at.x, at.y, times);
	}

	async shot(file, full) {
		const params = { format: "png", captureBeyondViewport: Boolean(full) };

		if (full) {
			const { cssContentSize } = await this.send("Page.getLayoutMetrics");
			params.clip = { x: 0, y: 0, width: cssContentSize.width, height: cssContentSize.height, scale: 1 };
		}
		fs.writeFileSync(file, Buffer.from((await this.send("Page.captureScreenshot", params)).data, "base64"));
	}

	async pdf(file) {
		fs.writeFileSync(file, Buffer.from((await this.send("Page.printToPDF", { printBackground: true, preferCSSPageSize: true })).data, "base64"));
	}

	async stop() {
		const ended = new Promise(resolve => this.process.once("exit", resolve));

		this.process.removeAllListeners("exit");
		this.process.once("exit", () => {});
		const timer = setTimeout(() => this.process.kill("SIGKILL"), 3000);
		this.session = null;
		this.send("Browser.close").catch(() => {});
		await Promise.race([ended, new Promise(resolve => this.process.once("exit", resolve))]);
		clearTimeout(timer);
		fs.rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
	}
}

module.exports = { Browser, findBrowser };
