-- 0001 user
CREATE TABLE IF NOT EXISTS `t_user` (
  `id` bigint NOT NULL,
  `phone` varchar(20) NOT NULL DEFAULT '' COMMENT '手机号',
  `nickname` varchar(64) NOT NULL DEFAULT '' COMMENT '昵称',
  `avatar` varchar(255) NOT NULL DEFAULT '' COMMENT '头像',
  `email` varchar(128) NOT NULL DEFAULT '' COMMENT '邮箱',
  `password_hash` varchar(128) NOT NULL DEFAULT '' COMMENT '密码',
  `gender` smallint NOT NULL DEFAULT 0 COMMENT '性别',
  `birthday` datetime(3) NULL COMMENT '生日',
  `level` smallint NOT NULL DEFAULT 0 COMMENT '会员等级',
  `points` bigint NOT NULL DEFAULT 0 COMMENT '积分余额',
  `lang` varchar(8) NOT NULL DEFAULT '' COMMENT '语言',
  `country` varchar(8) NOT NULL DEFAULT '' COMMENT '国家',
  `register_ip` varchar(45) NOT NULL DEFAULT '' COMMENT '注册 IP',
  `register_source` varchar(32) NOT NULL DEFAULT '' COMMENT '注册来源',
  `last_login_at` datetime(3) NULL COMMENT '最近登录',
  `status` tinyint NOT NULL DEFAULT 0,
  `created_at` datetime(3) NOT NULL,
  `updated_at` datetime(3) NOT NULL,
  `deleted_at` datetime(3) NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `uk_phone` (`phone`),
  KEY `idx_email` (`email`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='用户';

CREATE TABLE IF NOT EXISTS `t_user_address` (
  `id` bigint NOT NULL,
  `user_id` bigint NOT NULL DEFAULT 0 COMMENT '用户',
  `receiver` varchar(64) NOT NULL DEFAULT '' COMMENT '收货人',
  `phone` varchar(20) NOT NULL DEFAULT '' COMMENT '电话',
  `country` varchar(8) NOT NULL DEFAULT '' COMMENT '国家',
  `province` varchar(32) NOT NULL DEFAULT '' COMMENT '省',
  `city` varchar(32) NOT NULL DEFAULT '' COMMENT '市',
  `district` varchar(32) NOT NULL DEFAULT '' COMMENT '区',
  `detail` varchar(255) NOT NULL DEFAULT '' COMMENT '详细地址',
  `zip` varchar(16) NOT NULL DEFAULT '' COMMENT '邮编',
  `lat` double NOT NULL DEFAULT 0 COMMENT '纬度',
  `lng` double NOT NULL DEFAULT 0 COMMENT '经度',
  `is_default` tinyint(1) NOT NULL DEFAULT 0 COMMENT '默认地址',
  `created_at` datetime(3) NOT NULL,
  `updated_at` datetime(3) NOT NULL,
  `deleted_at` datetime(3) NULL,
  PRIMARY KEY (`id`),
  KEY `idx_user_id` (`user_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='收货地址';

CREATE TABLE IF NOT EXISTS `t_member` (
  `id` bigint NOT NULL,
  `user_id` bigint NOT NULL DEFAULT 0 COMMENT '用户',
  `level` smallint NOT NULL DEFAULT 0 COMMENT '等级',
  `growth_value` bigint NOT NULL DEFAULT 0 COMMENT '成长值',
  `card_no` varchar(32) NOT NULL DEFAULT '' COMMENT '会员卡号',
  `valid_from` datetime(3) NOT NULL COMMENT '生效',
  `valid_to` datetime(3) NOT NULL COMMENT '失效',
  `auto_renew` tinyint(1) NOT NULL DEFAULT 0 COMMENT '自动续费',
  `renew_channel` varchar(16) NOT NULL DEFAULT '' COMMENT '续费渠道',
  `status` tinyint NOT NULL DEFAULT 0,
  `created_at` datetime(3) NOT NULL,
  `updated_at` datetime(3) NOT NULL,
  `deleted_at` datetime(3) NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `uk_user_id` (`user_id`),
  UNIQUE KEY `uk_card_no` (`card_no`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='会员';

CREATE TABLE IF NOT EXISTS `t_points_flow` (
  `id` bigint NOT NULL,
  `user_id` bigint NOT NULL DEFAULT 0 COMMENT '用户',
  `flow_no` varchar(32) NOT NULL DEFAULT '' COMMENT '流水号',
  `delta` bigint NOT NULL DEFAULT 0 COMMENT '变动',
  `balance_after` bigint NOT NULL DEFAULT 0 COMMENT '变动后',
  `reason` varchar(64) NOT NULL DEFAULT '' COMMENT '原因',
  `biz_no` varchar(64) NOT NULL DEFAULT '' COMMENT '业务单号',
  `expire_at` datetime(3) NULL COMMENT '过期时间',
  `created_at` datetime(3) NOT NULL,
  `updated_at` datetime(3) NOT NULL,
  `deleted_at` datetime(3) NULL,
  PRIMARY KEY (`id`),
  KEY `idx_user_id` (`user_id`),
  UNIQUE KEY `uk_flow_no` (`flow_no`),
  KEY `idx_biz_no` (`biz_no`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='积分流水';

CREATE TABLE IF NOT EXISTS `t_login_log` (
  `id` bigint NOT NULL,
  `user_id` bigint NOT NULL DEFAULT 0 COMMENT '用户',
  `method` varchar(16) NOT NULL DEFAULT '' COMMENT '方式',
  `ip` varchar(45) NOT NULL DEFAULT '' COMMENT 'IP',
  `device` varchar(128) NOT NULL DEFAULT '' COMMENT '设备',
  `user_agent` varchar(255) NOT NULL DEFAULT '' COMMENT 'UA',
  `success` tinyint(1) NOT NULL DEFAULT 0 COMMENT '是否成功',
  `fail_reason` varchar(64) NOT NULL DEFAULT '' COMMENT '失败原因',
  `created_at` datetime(3) NOT NULL,
  `updated_at` datetime(3) NOT NULL,
  `deleted_at` datetime(3) NULL,
  PRIMARY KEY (`id`),
  KEY `idx_user_id` (`user_id`),
  KEY `idx_ip` (`ip`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='登录日志';
