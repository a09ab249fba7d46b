-- 0006 shipping
CREATE TABLE IF NOT EXISTS `t_waybill` (
  `id` bigint NOT NULL,
  `waybill_no` varchar(64) NOT NULL DEFAULT '' COMMENT '运单号',
  `order_no` varchar(32) NOT NULL DEFAULT '' COMMENT '订单号',
  `carrier_code` varchar(16) NOT NULL DEFAULT '' COMMENT '承运商',
  `freight_amount` bigint NOT NULL DEFAULT 0 COMMENT '运费(分)',
  `weight` int NOT NULL DEFAULT 0 COMMENT '重量(克)',
  `sender_addr` varchar(255) NOT NULL DEFAULT '' COMMENT '发件地址',
  `receiver_addr` varchar(255) NOT NULL DEFAULT '' COMMENT '收件地址',
  `picked_at` datetime(3) NULL COMMENT '揽收时间',
  `signed_at` datetime(3) NULL COMMENT '签收时间',
  `trace_json` text NULL COMMENT '轨迹 JSON',
  `status` tinyint NOT NULL DEFAULT 0,
  `created_at` datetime(3) NOT NULL,
  `updated_at` datetime(3) NOT NULL,
  `deleted_at` datetime(3) NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `uk_waybill_no` (`waybill_no`),
  KEY `idx_order_no` (`order_no`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='运单(旧表)';

CREATE TABLE IF NOT EXISTS `t_freight_template` (
  `id` bigint NOT NULL,
  `name` varchar(64) NOT NULL DEFAULT '' COMMENT '名称',
  `shop_id` bigint NOT NULL DEFAULT 0 COMMENT '店铺',
  `charge_kind` varchar(16) NOT NULL DEFAULT '' COMMENT '计费方式 piece/weight/volume',
  `free_threshold` bigint NOT NULL DEFAULT 0 COMMENT '包邮门槛(分)',
  `first_unit` int NOT NULL DEFAULT 0 COMMENT '首件/首重',
  `first_fee` bigint NOT NULL DEFAULT 0 COMMENT '首费(分)',
  `next_unit` int NOT NULL DEFAULT 0 COMMENT '续件/续重',
  `next_fee` bigint NOT NULL DEFAULT 0 COMMENT '续费(分)',
  `region_json` text NULL COMMENT '区域规则 JSON',
  `created_at` datetime(3) NOT NULL,
  `updated_at` datetime(3) NOT NULL,
  `deleted_at` datetime(3) NULL,
  PRIMARY KEY (`id`),
  KEY `idx_shop_id` (`shop_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='运费模板(旧表)';
