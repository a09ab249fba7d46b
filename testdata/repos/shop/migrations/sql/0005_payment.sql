-- 0005 payment
CREATE TABLE IF NOT EXISTS `t_payment` (
  `id` bigint NOT NULL,
  `payment_no` varchar(32) NOT NULL DEFAULT '' COMMENT '支付单号',
  `order_no` varchar(32) NOT NULL DEFAULT '' COMMENT '订单号',
  `user_id` bigint NOT NULL DEFAULT 0 COMMENT '付款人',
  `channel_code` varchar(16) NOT NULL DEFAULT '' COMMENT '渠道',
  `amount` bigint NOT NULL DEFAULT 0 COMMENT '金额(分)',
  `currency` varchar(8) NOT NULL DEFAULT '' COMMENT '币种',
  `channel_trade_no` varchar(64) NOT NULL DEFAULT '' COMMENT '渠道流水号',
  `payer_id` varchar(128) NOT NULL DEFAULT '' COMMENT 'openid / buyer_id',
  `client_ip` varchar(45) NOT NULL DEFAULT '' COMMENT '客户端 IP',
  `expire_at` datetime(3) NOT NULL COMMENT '过期时间',
  `paid_at` datetime(3) NULL COMMENT '支付时间',
  `notify_raw` text NULL COMMENT '回调原文',
  `status` tinyint NOT NULL DEFAULT 0,
  `created_at` datetime(3) NOT NULL,
  `updated_at` datetime(3) NOT NULL,
  `deleted_at` datetime(3) NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `uk_payment_no` (`payment_no`),
  KEY `idx_order_no` (`order_no`),
  KEY `idx_user_id` (`user_id`),
  KEY `idx_channel_trade_no` (`channel_trade_no`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='支付单';

CREATE TABLE IF NOT EXISTS `t_payment_refund` (
  `id` bigint NOT NULL,
  `refund_no` varchar(32) NOT NULL DEFAULT '' COMMENT '退款单号',
  `payment_no` varchar(32) NOT NULL DEFAULT '' COMMENT '支付单号',
  `order_no` varchar(32) NOT NULL DEFAULT '' COMMENT '订单号',
  `amount` bigint NOT NULL DEFAULT 0 COMMENT '金额(分)',
  `reason` varchar(128) NOT NULL DEFAULT '' COMMENT '原因',
  `channel_refund_no` varchar(64) NOT NULL DEFAULT '' COMMENT '渠道退款流水',
  `retry_count` int NOT NULL DEFAULT 0 COMMENT '重试次数',
  `next_retry_at` datetime(3) NULL COMMENT '下次重试',
  `finished_at` datetime(3) NULL COMMENT '完成时间',
  `status` tinyint NOT NULL DEFAULT 0,
  `created_at` datetime(3) NOT NULL,
  `updated_at` datetime(3) NOT NULL,
  `deleted_at` datetime(3) NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `uk_refund_no` (`refund_no`),
  KEY `idx_payment_no` (`payment_no`),
  KEY `idx_order_no` (`order_no`),
  KEY `idx_channel_refund_no` (`channel_refund_no`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='退款单';

CREATE TABLE IF NOT EXISTS `t_reconcile_bill` (
  `id` bigint NOT NULL,
  `bill_date` varchar(10) NOT NULL DEFAULT '' COMMENT '账单日',
  `channel_code` varchar(16) NOT NULL DEFAULT '' COMMENT '渠道',
  `file_url` varchar(255) NOT NULL DEFAULT '' COMMENT '账单文件',
  `our_count` bigint NOT NULL DEFAULT 0 COMMENT '我方笔数',
  `our_amount` bigint NOT NULL DEFAULT 0 COMMENT '我方金额(分)',
  `their_count` bigint NOT NULL DEFAULT 0 COMMENT '渠道笔数',
  `their_amount` bigint NOT NULL DEFAULT 0 COMMENT '渠道金额(分)',
  `diff_count` bigint NOT NULL DEFAULT 0 COMMENT '差异笔数',
  `diff_detail` text NULL COMMENT '差异明细 JSON',
  `handler` varchar(64) NOT NULL DEFAULT '' COMMENT '处理人',
  `status` tinyint NOT NULL DEFAULT 0,
  `created_at` datetime(3) NOT NULL,
  `updated_at` datetime(3) NOT NULL,
  `deleted_at` datetime(3) NULL,
  PRIMARY KEY (`id`),
  KEY `idx_bill_date` (`bill_date`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='对账单';

CREATE TABLE IF NOT EXISTS `t_wallet` (
  `id` bigint NOT NULL,
  `user_id` bigint NOT NULL DEFAULT 0 COMMENT '用户',
  `balance` bigint NOT NULL DEFAULT 0 COMMENT '余额(分)',
  `frozen` bigint NOT NULL DEFAULT 0 COMMENT '冻结(分)',
  `credit_limit` bigint NOT NULL DEFAULT 0 COMMENT '信用额度(分)',
  `pay_password` varchar(128) NOT NULL DEFAULT '' COMMENT '支付密码',
  `version` int NOT NULL DEFAULT 0 COMMENT '乐观锁',
  `status` tinyint NOT NULL DEFAULT 0,
  `created_at` datetime(3) NOT NULL,
  `updated_at` datetime(3) NOT NULL,
  `deleted_at` datetime(3) NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `uk_user_id` (`user_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='余额账户';

CREATE TABLE IF NOT EXISTS `t_wallet_flow` (
  `id` bigint NOT NULL,
  `wallet_id` bigint NOT NULL DEFAULT 0 COMMENT '账户',
  `flow_no` varchar(32) NOT NULL DEFAULT '' COMMENT '流水号',
  `direction` smallint NOT NULL DEFAULT 0 COMMENT '1 入 2 出',
  `amount` bigint NOT NULL DEFAULT 0 COMMENT '金额(分)',
  `balance_after` bigint NOT NULL DEFAULT 0 COMMENT '变动后余额(分)',
  `biz_type` varchar(32) NOT NULL DEFAULT '' COMMENT '业务类型',
  `biz_no` varchar(64) NOT NULL DEFAULT '' COMMENT '业务单号',
  `remark` varchar(255) NOT NULL DEFAULT '' COMMENT '备注',
  `created_at` datetime(3) NOT NULL,
  `updated_at` datetime(3) NOT NULL,
  `deleted_at` datetime(3) NULL,
  PRIMARY KEY (`id`),
  KEY `idx_wallet_id` (`wallet_id`),
  UNIQUE KEY `uk_flow_no` (`flow_no`),
  KEY `idx_biz_type` (`biz_type`),
  KEY `idx_biz_no` (`biz_no`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='余额流水';
