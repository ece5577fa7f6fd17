"""Small articles of invented outlets, for tests that load."""

from __future__ import annotations

ARTICLES = {
    "harbour/ferry.txt": """Ferry stops in fog off Port Lowen

By Mara Quill

The ferry Elin Star stopped in thick fog on Monday with more than 200 passengers on board, the harbour office said. Two tugs brought it back to Port Lowen after nearly four hours.

"Nobody was hurt and nobody was frightened," said Captain Idris Vale, who has sailed the route for 20 years. He thanked the crews of the tugs.

The company expects 15 percent of this week's crossings to be cancelled.

Leave a Reply

Your email address will not be published.
""",
    "harbour/bridge.txt": """Bridge at Tarn to close for six weeks

By Owen Sadler

The old bridge at Tarn will close for six weeks from 3 May, the county said. About 4,000 cars cross it on a normal day, and they will have to go round by Aldery, which takes 25 minutes more.

"It is that or a bridge that falls down," engineer Petra Holm told the council. The repair costs 2.5 million euros.

Be the first to comment
""",
    "courier/ferry-fog.html": """<!doctype html><html lang="en"><head><title>Ferry passengers back on land after fog | The Courier</title>
<meta property="og:title" content="Ferry passengers back on land after fog">
<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle",
"headline":"Ferry passengers back on land after fog","datePublished":"2026-05-04T18:30:00+01:00",
"author":[{"@type":"Person","name":"Sol Amery"}],"publisher":{"@type":"Organization","name":"The Courier"}}</script>
<link rel="canonical" href="https://courier.example/2026/05/04/ferry-fog"></head>
<body><nav><a href="/">Home</a> <a href="/news">News</a></nav><article><h1>Ferry passengers back on land after fog</h1>
<p>By Sol Amery</p>
<p>Around 180 passengers of the ferry Elin Star spent four hours in the fog on Monday before two tugs towed it back to Port Lowen, the harbour office said.</p>
<p>“Nobody was hurt,” Captain Idris Vale said. The ship's owner said that it did not yet know why the engine had stopped, and that an inspector would look at it on Tuesday morning.</p>
<p>Passengers were given tickets for the next crossing. Some of them said that they would rather take the bus.</p>
</article><footer>Share this article. Subscribe to our newsletter. © 2026 The Courier</footer></body></html>
""",
}

HOSTILE_TITLE = "<script>document.title='owned'</script> Dam at Orrin holds"
DAM_ARTICLES = {
    "valley-post/dam.txt": """Dam at Orrin holds as 300 people leave their homes

By Tilda Marsh

2026-03-04

About 300 people left their homes below the Orrin dam on Tuesday night, the county said. The water stood 40 centimetres below the top of the wall, and engineers opened two gates.

"We would rather move people once too often than once too late," county chief Berit Aune told reporters at the dam. She said that 12 houses had been flooded.

The Orrin dam was built in 1962. Engineers will look at the wall again on Wednesday, and the road along the river stays closed until the water falls.

Leave a Reply

Your email address will not be published.
""",
    "river-times/dam.txt": """Orrin dam: 900 people leave homes as water rises

By Olav Brenn

2026-03-04

More than 900 people left their homes below the Orrin dam on Tuesday night as the water rose, the county said. Engineers opened two gates of the dam.

"We would rather move people once too often than too late," county chief Berit Aune said at the dam on Tuesday. Up to 20 houses were flooded, according to the fire service.

The Orrin dam was built in 1962. The road along the river stays closed until the water falls, and engineers will look at the wall again on Wednesday.
""",
    "crooked-eye/dam.html": f"""<!doctype html><html lang="en"><head><title>Dam</title>
<meta property="og:title" content="{HOSTILE_TITLE.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")}">
<link rel="canonical" href="https://crooked-eye.example/dam"></head><body><article>
<h1>{HOSTILE_TITLE.replace("<", "&lt;").replace(">", "&gt;")}</h1>
<p>About 300 people left their homes below the Orrin dam on Tuesday night, the county said, and &lt;img src=x onerror=alert(1)&gt; was printed on a sign beside the gate.</p>
<p>“A sign &quot;&gt;&lt;script&gt;alert(2)&lt;/script&gt; is only a sign,” county chief Berit Aune said \u202e backwards. Engineers opened two gates of the dam as the water rose on Tuesday night.</p>
<p>The Orrin dam was built in 1962. The road along the river stays closed until the water falls, and engineers will look at the wall again on Wednesday.</p>
</article></body></html>
""",
}
