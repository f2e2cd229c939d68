extension Sample {
    static let music = Sample(
        name: "music",
        summary: "artists, albums and songs in one table",
        table: "music",
        script: """
            CreateTable music (pk S, sk S) ON DEMAND
              GSI byYear (genre S, year N) ALL;
            BatchWrite (
              PutItem music {pk: 'ARTIST#sade', sk: 'PROFILE', type: 'artist', name: 'Sade', country: 'GB',
                since: 1982};
              PutItem music {pk: 'ARTIST#nina', sk: 'PROFILE', type: 'artist', name: 'Nina Simone', country: 'US',
                since: 1954};
              PutItem music {pk: 'ARTIST#bjork', sk: 'PROFILE', type: 'artist', name: 'Björk', country: 'IS',
                since: 1977};
              PutItem music {pk: 'ARTIST#miles', sk: 'PROFILE', type: 'artist', name: 'Miles Davis', country: 'US',
                since: 1944};
              PutItem music {pk: 'ARTIST#sade', sk: 'ALBUM#1984#diamond-life', type: 'album',
                title: 'Diamond Life', genre: 'soul', year: 1984, minutes: 35.3};
              PutItem music {pk: 'ARTIST#sade', sk: 'ALBUM#1992#love-deluxe', type: 'album', title: 'Love Deluxe',
                genre: 'soul', year: 1992, minutes: 46.05};
              PutItem music {pk: 'ARTIST#nina', sk: 'ALBUM#1965#pastel-blues', type: 'album',
                title: 'Pastel Blues', genre: 'jazz', year: 1965, minutes: 33.12};
              PutItem music {pk: 'ARTIST#bjork', sk: 'ALBUM#1993#debut', type: 'album', title: 'Debut',
                genre: 'electronic', year: 1993, minutes: 48.15};
              PutItem music {pk: 'ARTIST#bjork', sk: 'ALBUM#1997#homogenic', type: 'album', title: 'Homogenic',
                genre: 'electronic', year: 1997, minutes: 43.35};
              PutItem music {pk: 'ARTIST#miles', sk: 'ALBUM#1959#kind-of-blue', type: 'album',
                title: 'Kind of Blue', genre: 'jazz', year: 1959, minutes: 45.44};
              PutItem music {pk: 'ARTIST#sade', sk: 'SONG#diamond-life#01', type: 'song', title: 'Smooth Operator',
                seconds: 298, plays: 9100};
              PutItem music {pk: 'ARTIST#sade', sk: 'SONG#diamond-life#02', type: 'song',
                title: 'Your Love Is King', seconds: 221, plays: 5200};
              PutItem music {pk: 'ARTIST#sade', sk: 'SONG#love-deluxe#01', type: 'song', title: 'No Ordinary Love',
                seconds: 440, plays: 8800};
              PutItem music {pk: 'ARTIST#sade', sk: 'SONG#love-deluxe#03', type: 'song', title: 'Kiss of Life',
                seconds: 351, plays: 4100};
              PutItem music {pk: 'ARTIST#nina', sk: 'SONG#pastel-blues#01', type: 'song', title: 'Be My Husband',
                seconds: 203, plays: 2900};
              PutItem music {pk: 'ARTIST#nina', sk: 'SONG#pastel-blues#08', type: 'song', title: 'Sinnerman',
                seconds: 622, plays: 7700};
              PutItem music {pk: 'ARTIST#bjork', sk: 'SONG#debut#01', type: 'song', title: 'Human Behaviour',
                seconds: 252, plays: 4300};
              PutItem music {pk: 'ARTIST#bjork', sk: 'SONG#debut#03', type: 'song', title: 'Venus as a Boy',
                seconds: 282, plays: 3900};
              PutItem music {pk: 'ARTIST#bjork', sk: 'SONG#homogenic#02', type: 'song', title: 'Jóga',
                seconds: 305, plays: 6100};
              PutItem music {pk: 'ARTIST#bjork', sk: 'SONG#homogenic#06', type: 'song', title: 'Bachelorette',
                seconds: 313, plays: 3600};
              PutItem music {pk: 'ARTIST#miles', sk: 'SONG#kind-of-blue#01', type: 'song', title: 'So What',
                seconds: 562, plays: 9900};
              PutItem music {pk: 'ARTIST#miles', sk: 'SONG#kind-of-blue#03', type: 'song', title: 'Blue in Green',
                seconds: 337, plays: 6500};
            );
            """,
        examples: [
            "Query music 'ARTIST#sade';",
            "Query music 'ARTIST#bjork', begins_with 'SONG#';",
            "Query music/byYear KEY genre = 'jazz' AND year < 1960;",
            "EXPLAIN Scan music FILTER plays > 5000;",
            "TRACE GetItem music 'ARTIST#nina', 'PROFILE' CONSISTENT;",
            "Show partitions music;",
        ]
    )
}
