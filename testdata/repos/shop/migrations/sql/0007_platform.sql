-- 0007 platform: settings, audit, shipping context
CREATE TABLE IF NOT EXISTS `t_setting` (
  `k` varchar(128) NOT NULL,
  `v` text,
  `updated_by` varchar(64) NOT NULL DEFAULT '',
  `updated_at` datetime(3) NOT NULL,
  PRIMARY KEY (`k`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE IF NOT EXISTS `t_audit_log` (
  `id` bigint NOT NULL,
  `action` varchar(64) NOT NULL,
  `operator` bigint NOT NULL,
  `target_id` bigint NOT NULL,
  `detail` text,
  `trace_id` varchar(64) NOT NULL DEFAULT '',
  `at` datetime(3) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `idx_target` (`target_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE IF NOT EXISTS `t_shipment` (
  `id` varchar(36) NOT NULL,
  `order_no` varchar(32) NOT NULL,
  `warehouse_id` bigint NOT NULL,
  `receiver` text,
  `lines` text,
  `carrier` varchar(16) NOT NULL DEFAULT '',
  `waybill_no` varchar(64) NOT NULL DEFAULT '',
  `status` int NOT NULL,
  `steps` mediumtext,
  `version` int NOT NULL,
  `created_at` datetime(3) NOT NULL,
  `updated_at` datetime(3) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `idx_order` (`order_no`),
  KEY `idx_waybill` (`carrier`, `waybill_no`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE IF NOT EXISTS `t_tariff` (
  `carrier` varchar(16) NOT NULL,
  `first_gram` bigint NOT NULL,
  `first_fee` bigint NOT NULL,
  `next_gram` bigint NOT NULL,
  `next_fee` bigint NOT NULL,
  `remote_fee` bigint NOT NULL DEFAULT 0,
  `free_from` bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (`carrier`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
