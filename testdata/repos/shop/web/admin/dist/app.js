fetch("/ops/orders/today", { headers: { Authorization: localStorage.getItem("token") || "" } })
  .then((r) => r.json())
  .then((r) => { document.getElementById("app").textContent = "今日订单 " + r.data.orders; })
  .catch(() => { document.getElementById("app").textContent = "未登录"; });
