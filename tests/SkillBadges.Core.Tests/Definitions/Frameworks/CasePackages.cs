namespace SkillBadges.Core.Tests.Definitions.Frameworks;

/// <summary>The packages that tests read and break.</summary>
internal static class CasePackages
{
    public const string Document = "7c1a4e3e-5f0a-4f9b-9f55-0d5c0b6f6a01";

    public static string Item(int number) => $"7c1a4e3e-5f0a-4f9b-9f55-0d5c0b6f6b{number:x2}";

    /// <summary>A sound package of 1.1 with every part, and members that no version knows.</summary>
    public const string Welding = """
        {
          "CFDocument": {
            "identifier": "7C1A4E3E-5F0A-4F9B-9F55-0D5C0B6F6A01", "uri": "https://standards.example.org/ims/case/v1p1/CFDocuments/7c1a4e3e-5f0a-4f9b-9f55-0d5c0b6f6a01",
            "lastChangeDateTime": "2025-03-01T08:30:00+00:00", "creator": "State Office", "title": "Welding Technology", "caseVersion": "1.1", "adoptionStatus": "Adopted",
            "subject": ["Career and Technical Education"], "language": "en", "version": "2025", "statusStartDate": "2025-07-01", "statusEndDate": null, "notes": "", "somethingOfOurs": { "a": [1, 2] },
            "licenseURI": { "title": "CC BY 4.0", "identifier": "7c1a4e3e-5f0a-4f9b-9f55-0d5c0b6f6d01", "uri": "https://creativecommons.org/licenses/by/4.0/" }
          },
          "CFItems": [
            { "identifier": "7c1a4e3e-5f0a-4f9b-9f55-0d5c0b6f6b01", "uri": "https://standards.example.org/ims/case/v1p1/CFItems/7c1a4e3e-5f0a-4f9b-9f55-0d5c0b6f6b01", "lastChangeDateTime": "2025-03-01T08:30:00Z", "fullStatement": "Works safely.", "humanCodingScheme": "WT.1", "CFItemType": "Strand" },
            { "identifier": "7c1a4e3e-5f0a-4f9b-9f55-0d5c0b6f6b02", "uri": "https://standards.example.org/ims/case/v1p1/CFItems/7c1a4e3e-5f0a-4f9b-9f55-0d5c0b6f6b02", "lastChangeDateTime": "2025-03-01T08:30:00.25Z", "fullStatement": "Prepares the booth\nand wears protective equipment.", "humanCodingScheme": "WT.1.1", "educationLevel": ["11", "12"], "CFItemType": "Standard" },
            { "identifier": "7c1a4e3e-5f0a-4f9b-9f55-0d5c0b6f6b03", "uri": "urn:uuid:7c1a4e3e-5f0a-4f9b-9f55-0d5c0b6f6b03", "lastChangeDateTime": "2025-03-01T08:30:00Z", "fullStatement": "Measures fillet welds.", "humanCodingScheme": "WT.2", "conceptKeywords": ["fillet"] }
          ],
          "CFAssociations": [
            { "identifier": "7c1a4e3e-5f0a-4f9b-9f55-0d5c0b6f6c01", "uri": "https://standards.example.org/a/1", "lastChangeDateTime": "2025-03-01T08:30:00Z", "associationType": "isChildOf", "sequenceNumber": 1,
              "originNodeURI": { "title": "WT.1", "identifier": "7c1a4e3e-5f0a-4f9b-9f55-0d5c0b6f6b01", "uri": "https://standards.example.org/i/1" },
              "destinationNodeURI": { "title": "Welding", "identifier": "7c1a4e3e-5f0a-4f9b-9f55-0d5c0b6f6a01", "uri": "https://standards.example.org/d/1" } },
            { "identifier": "7c1a4e3e-5f0a-4f9b-9f55-0d5c0b6f6c02", "uri": "https://standards.example.org/a/2", "lastChangeDateTime": "2025-03-01T08:30:00Z", "associationType": "isChildOf", "sequenceNumber": 1,
              "originNodeURI": { "title": "WT.1.1", "identifier": "7c1a4e3e-5f0a-4f9b-9f55-0d5c0b6f6b02", "uri": "https://standards.example.org/i/2" },
              "destinationNodeURI": { "title": "WT.1", "identifier": "7c1a4e3e-5f0a-4f9b-9f55-0d5c0b6f6b01", "uri": "https://standards.example.org/i/1" } },
            { "identifier": "7c1a4e3e-5f0a-4f9b-9f55-0d5c0b6f6c03", "uri": "https://standards.example.org/a/3", "lastChangeDateTime": "2025-03-01T08:30:00Z", "associationType": "exactMatchOf",
              "originNodeURI": { "title": "WT.2", "identifier": "7c1a4e3e-5f0a-4f9b-9f55-0d5c0b6f6b03", "uri": "https://standards.example.org/i/3" },
              "destinationNodeURI": { "title": "Elsewhere", "identifier": "aaaaaaaa-5f0a-4f9b-9f55-0d5c0b6f6b99", "uri": "https://elsewhere.example.org/i/99" } }
          ],
          "CFDefinitions": {
            "CFItemTypes": [{ "identifier": "7c1a4e3e-5f0a-4f9b-9f55-0d5c0b6f6d02", "uri": "https://standards.example.org/t/1", "lastChangeDateTime": "2025-03-01T08:30:00Z", "title": "Standard", "typeCode": "S", "hierarchyCode": "2" }],
            "CFLicenses": [{ "identifier": "7c1a4e3e-5f0a-4f9b-9f55-0d5c0b6f6d01", "uri": "https://creativecommons.org/licenses/by/4.0/", "lastChangeDateTime": "2025-03-01T08:30:00Z", "title": "CC BY 4.0", "licenseText": "Free to share." }]
          },
          "CFRubrics": [
            { "identifier": "7c1a4e3e-5f0a-4f9b-9f55-0d5c0b6f6e01", "uri": "https://standards.example.org/r/1", "lastChangeDateTime": "2025-03-01T08:30:00Z", "title": "Fillets",
              "CFRubricCriteria": [
                { "identifier": "7c1a4e3e-5f0a-4f9b-9f55-0d5c0b6f6e02", "uri": "https://standards.example.org/r/1/1", "lastChangeDateTime": "2025-03-01T08:30:00Z", "description": "Leg size", "weight": 0.5, "position": 1, "rubricId": "7c1a4e3e-5f0a-4f9b-9f55-0d5c0b6f6e01",
                  "CFRubricCriterionLevels": [{ "identifier": "7c1a4e3e-5f0a-4f9b-9f55-0d5c0b6f6e03", "uri": "https://standards.example.org/r/1/1/1", "lastChangeDateTime": "2025-03-01T08:30:00Z", "quality": "Proficient", "score": 3, "position": 1 }] }] }
          ]
        }
        """;
}
