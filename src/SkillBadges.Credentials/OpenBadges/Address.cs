using System.Text.Json;

namespace SkillBadges.Credentials.OpenBadges;

/// <summary>A postal address of an organization.</summary>
public sealed record Address : IJsonObject
{
    public string? AddressCountry { get; init; }

    /// <summary>Two letters (ISO 3166-1).</summary>
    public string? AddressCountryCode { get; init; }

    public string? AddressRegion { get; init; }

    public string? AddressLocality { get; init; }

    public string? StreetAddress { get; init; }

    public string? PostOfficeBoxNumber { get; init; }

    public string? PostalCode { get; init; }

    public GeoCoordinates? Geo { get; init; }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.Members("type", ["Address"]);
        json.Member("addressCountry", AddressCountry);
        json.Member("addressCountryCode", AddressCountryCode);
        json.Member("addressRegion", AddressRegion);
        json.Member("addressLocality", AddressLocality);
        json.Member("streetAddress", StreetAddress);
        json.Member("postOfficeBoxNumber", PostOfficeBoxNumber);
        json.Member("postalCode", PostalCode);
        json.Member("geo", Geo);
        json.WriteEndObject();
    }
}
