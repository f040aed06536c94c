namespace SkillBadges.Core.Tests.Definitions;

/// <summary>The files that tests break.</summary>
internal static class BadgeFiles
{
    /// <summary>A sound badge file; tests count its lines.</summary>
    public const string Bench = """
        {
          "slug": "bench-work",
          "name": "Bench Work",
          "description": "Files, drills and taps steel to a drawing.",
          "achievementType": "Badge",
          "field": "manufacturing",
          "tags": ["filing", "steel"],
          "image": { "alt": "A file over a vise" },
          "scale": "four-level",
          "criteria": ["Make the part.", "", "- Within 1/64 inch."],
          "skillGroups": [
            { "id": "making", "name": "Making", "description": "Cutting and shaping." }
          ],
          "competencies": [
            {
              "id": "filing",
              "name": "Filing",
              "statement": "Files a block flat and square to a drawing.",
              "skillGroup": "making",
              "levels": {
                "beginning": "Leaves deep scratches and rounded edges.",
                "developing": "Flat faces, but corners are off square.",
                "proficient": "Flat and square within 1/64 inch.",
                "advanced": "Files a matching profile by eye and gauge."
              },
              "evidence": [{ "id": "photos", "kind": "file", "label": "Photos", "hint": "Part beside a square." }]
            },
            {
              "id": "drilling", "name": "Drilling", "statement": "Drills holes where the drawing has them.",
              "levels": {
                "beginning": "Drills where a helper has punched.",
                "developing": "Holes wander from the punch mark.",
                "proficient": "Holes are on the mark and to size.",
                "advanced": "Drills at an angle with a jig of own making."
              },
              "evidence": [{ "id": "plate", "kind": "file", "label": "Plate", "hint": "Plate with a rule beside." }]
            },
            {
              "id": "tapping", "name": "Tapping", "statement": "Taps threads that take a screw to the end.", "band": "11-12",
              "levels": {
                "beginning": "Starts a tap that somebody lined up.",
                "developing": "Threads are cut but lean to a side.",
                "proficient": "Threads are straight, full and clean.",
                "advanced": "Saves a blind hole after a broken tap."
              },
              "evidence": [{ "id": "video", "kind": "file", "label": "Video", "hint": "One hole from start to screw." }]
            },
            {
              "id": "measuring", "name": "Measuring", "statement": "Measures and reports what was made.", "requiredLevel": "developing",
              "levels": { "beginning": "Reads whole sixteenths with a rule.", "developing": "Reads a caliper to a thousandth.", "proficient": "Chooses the instrument by tolerance.", "advanced": "Tells what the reading cannot tell." },
              "exemplars": [{ "level": "proficient", "title": "A sheet", "description": "Three readings with the instrument beside each.", "url": "https://example.org/sheet" }], "chooseAtLeast": 2,
              "evidence": [
                { "id": "film", "kind": "file", "label": "Film", "hint": "Reading aloud three values." },
                { "id": "sheet", "kind": "link", "label": "Sheet", "hint": "The shared measuring sheet." }
              ], "extensions": [{ "id": "gauge-study", "title": "Gauge study", "description": "Compare three gauges on one part and report." }], "alignments": [{ "targetName": "Measures parts", "targetUrl": "https://standards.example.org/CFItems/7c1a4e3e-5f0a-4f9b-9f55-0d5c0b6f6b03", "targetFramework": "Shop skills", "targetCode": "M.1", "targetType": "CFItem" }]
            }
          ],
          "attributes": [{ "profile": "portrait", "attribute": "maker", "competencies": ["filing"] }], "review": {
            "roles": ["teacher", "supervisor"],
            "supervisor": "co-sign",
            "qualification": { "code": "machinist", "note": "A journeyman machinist signs.", "requiredOf": ["supervisor"] }, "raters": { "disagreement": "third-rater" }
          },
          "recencyMonths": 24,
          "alignments": [
            { "targetName": "Machinists", "targetUrl": "https://www.onetonline.org/link/summary/51-4041.00", "targetFramework": "O*NET-SOC 2019", "targetCode": "51-4041.00" },
            { "targetName": "Machine Tool Technology", "targetUrl": "https://nces.ed.gov/ipeds/cipcode/cipdetail.aspx?y=56&cip=48.0501", "targetFramework": "CIP 2020", "targetCode": "48.0501" },
            { "targetName": "Benchwork", "targetUrl": "https://www.nims-skills.org/", "targetFramework": "NIMS", "targetType": "CTDL" }
          ],
          "coAuthors": [{ "kind": "college" }]
        }
        """;

    /// <summary>As <see cref="Bench"/>, with everything that is said about the way of the work.</summary>
    public static readonly string Way = Bench.Replace(
        "\"coAuthors\": [{ \"kind\": \"college\" }]",
        """
        "coAuthors": [{ "kind": "college" }],
        "attempts": { "limit": 3, "coolingDays": 2, "preparation": "An hour of practice with the instructor." },
        "checkpoints": [{ "id": "safety", "label": "Safety check", "hint": "Goggles on, sleeves rolled up." }],
        "assessments": [{ "id": "pre-test", "name": "Pre-test", "hint": "Twenty questions on paper.", "maxScore": 20, "competencies": ["measuring"] }],
        "prerequisites": ["shop-safety"]
        """,
        StringComparison.Ordinal);

    /// <summary>As <see cref="Bench"/>, in Spanish too.</summary>
    public static readonly string Translated = WithTranslation(Bench);

    /// <summary>A file that ends in its authors, with a translation behind them.</summary>
    public static string WithTranslation(string file) => file.Replace(
        "\"coAuthors\": [{ \"kind\": \"college\" }]",
        """
        "coAuthors": [{ "kind": "college" }],
        "translations": [{
          "language": "es", "name": "Trabajo de banco", "description": "Lima, taladra y rosca acero según un plano.", "image": { "alt": "Una lima sobre un tornillo de banco" },
          "criteria": ["Haga la pieza.", "", "- A menos de 1/64 de pulgada."],
          "scaleName": "Cuatro niveles",
          "scaleLevels": [
            { "code": "beginning", "label": "Inicial", "descriptor": "Con ayuda." }, { "code": "developing", "label": "En desarrollo", "descriptor": "Con indicaciones." },
            { "code": "proficient", "label": "Competente", "descriptor": "Sin ayuda." }, { "code": "advanced", "label": "Avanzado", "descriptor": "Lo enseña." }
          ],
          "competencies": [
            { "id": "filing", "name": "Limado", "statement": "Lima un bloque plano y a escuadra.", "levels": { "beginning": "Deja rayas hondas.", "developing": "Caras planas, esquinas fuera de escuadra.", "proficient": "Plano y a escuadra.", "advanced": "Lima un perfil a ojo." },
              "evidence": [{ "id": "photos", "label": "Fotos", "hint": "La pieza junto a una escuadra." }] },
            { "id": "drilling", "name": "Taladrado", "statement": "Taladra donde dice el plano.", "levels": { "beginning": "Taladra donde otro marcó.", "developing": "Los agujeros se desvían.", "proficient": "Agujeros en su lugar y a medida.", "advanced": "Taladra en ángulo con plantilla." },
              "evidence": [{ "id": "plate", "label": "Placa", "hint": "La placa con una regla al lado." }] },
            { "id": "tapping", "name": "Roscado", "statement": "Rosca hasta que el tornillo entra entero.", "levels": { "beginning": "Empieza un macho que otro alineó.", "developing": "Las roscas quedan inclinadas.", "proficient": "Roscas rectas, llenas y limpias.", "advanced": "Salva un agujero ciego." },
              "evidence": [{ "id": "video", "label": "Video", "hint": "Un agujero, del principio al tornillo." }] },
            { "id": "measuring", "name": "Medición", "statement": "Mide lo que hizo y lo informa.", "levels": { "beginning": "Lee dieciseisavos enteros.", "developing": "Lee un calibre a la milésima.", "proficient": "Elige el instrumento por la tolerancia.", "advanced": "Dice lo que la lectura no dice." },
              "exemplars": [{ "title": "Una hoja", "description": "Tres lecturas con el instrumento al lado." }],
              "evidence": [{ "id": "film", "label": "Película", "hint": "Lee en voz alta tres valores." }, { "id": "sheet", "label": "Hoja", "hint": "La hoja de medidas compartida." }],
              "extensions": [{ "id": "gauge-study", "title": "Estudio de calibres", "description": "Compare tres calibres en una pieza." }] }
          ]
        }]
        """,
        StringComparison.Ordinal);
}
