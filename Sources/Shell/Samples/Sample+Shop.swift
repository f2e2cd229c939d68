extension Sample {
    static let shop = Sample(
        name: "shop",
        summary: "customers, orders and products in one table",
        table: "shop",
        script: """
            CreateTable shop (pk S, sk S) ON DEMAND
              GSI gsi1 (gsi1pk S, gsi1sk S) ALL;
            BatchWrite (
              PutItem shop {pk: 'USER#alice', sk: 'PROFILE', name: 'Alice', email: 'alice@example.com',
                address: {city: 'Oslo'}, tags: <<'vip', 'eu'>>, points: 120};
              PutItem shop {pk: 'USER#bob', sk: 'PROFILE', name: 'Bob', email: 'bob@example.com',
                address: {city: 'Lima'}, tags: <<'new'>>, points: 40};
              PutItem shop {pk: 'USER#carol', sk: 'PROFILE', name: 'Carol', email: 'carol@example.com',
                address: {city: 'Kyoto'}, tags: <<'eu'>>, points: 900};
              PutItem shop {pk: 'USER#alice', sk: 'ORDER#2026-01-15#001', total: 42.5, status: 'SHIPPED',
                gsi1pk: 'STATUS#shipped', gsi1sk: '2026-01-15#001'};
              PutItem shop {pk: 'USER#alice', sk: 'ORDER#2026-01-30#007', total: 61, status: 'SHIPPED',
                gsi1pk: 'STATUS#shipped', gsi1sk: '2026-01-30#007'};
              PutItem shop {pk: 'USER#alice', sk: 'ORDER#2026-02-20#012', total: 89.99, status: 'PENDING',
                gsi1pk: 'STATUS#pending', gsi1sk: '2026-02-20#012'};
              PutItem shop {pk: 'USER#bob', sk: 'ORDER#2026-02-11#009', total: 15.25, status: 'PENDING',
                gsi1pk: 'STATUS#pending', gsi1sk: '2026-02-11#009'};
              PutItem shop {pk: 'USER#carol', sk: 'ORDER#2026-01-02#000', total: 240, status: 'CANCELLED',
                gsi1pk: 'STATUS#cancelled', gsi1sk: '2026-01-02#000'};
              PutItem shop {pk: 'USER#carol', sk: 'ORDER#2026-02-25#014', total: 310.4, status: 'PENDING',
                gsi1pk: 'STATUS#pending', gsi1sk: '2026-02-25#014'};
              PutItem shop {pk: 'PRODUCT#lamp', sk: 'DETAIL', name: 'Desk lamp', price: 29.95, stock: 14};
              PutItem shop {pk: 'PRODUCT#chair', sk: 'DETAIL', name: 'Chair', price: 120, stock: 3};
              PutItem shop {pk: 'PRODUCT#mug', sk: 'DETAIL', name: 'Mug', price: 7.5, stock: 210};
              PutItem shop {pk: 'ORDER#012', sk: 'LINE#lamp', product: 'lamp', quantity: 2};
              PutItem shop {pk: 'ORDER#012', sk: 'LINE#mug', product: 'mug', quantity: 4};
              PutItem shop {pk: 'ORDER#014', sk: 'LINE#chair', product: 'chair', quantity: 2};
              PutItem shop {pk: 'ORDER#014', sk: 'LINE#mug', product: 'mug', quantity: 9};
            );
            """,
        examples: [
            "Query shop 'USER#alice', begins_with 'ORDER#' DESC;",
            "Query shop/gsi1 KEY gsi1pk = 'STATUS#pending' FILTER total > 50;",
            "UpdateItem shop 'USER#alice', 'PROFILE' SET points = points - 500 IF points >= 500 ELSE ALL_OLD;",
            "Locate shop 'USER#alice', 'PROFILE';",
            "Show cost;",
        ]
    )
}
