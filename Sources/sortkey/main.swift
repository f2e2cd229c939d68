print("sortkey")
