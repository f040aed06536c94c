using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Http;

/// <summary>How request bodies are read and answers written: as documents are, and a member that is not known is refused.</summary>
internal static class RequestJson
{
    public const int MaxDepth = 32;

    public static readonly JsonSerializerOptions Strict = Create(JsonUnmappedMemberHandling.Disallow, required: true);

    private static readonly JsonSerializerOptions UnknownAllowed = Create(JsonUnmappedMemberHandling.Skip, required: true);

    private static readonly JsonSerializerOptions UnknownAndMissingAllowed = Create(JsonUnmappedMemberHandling.Skip, required: false);

    public static void Configure(JsonSerializerOptions options) => Apply(options, JsonUnmappedMemberHandling.Disallow, required: true);

    /// <summary>Names the fault of a body that is JSON but does not fit the type: what a laxer reader accepts tells what was wrong.</summary>
    public static RequestRefusedException Fault(byte[] body, Type type, JsonException fault)
    {
        var place = Place(fault);
        if (Fits(body, type, UnknownAllowed))
        {
            return RequestRefused.With(400, "request.unknown-member", $"There is a member that is not known here{place}. Nothing is ignored silently; please leave it out.");
        }

        return Fits(body, type, UnknownAndMissingAllowed)
            ? RequestRefused.With(400, "request.missing-member", $"A member that is required is missing{place}.")
            : RequestRefused.With(400, "request.wrong-type", $"A member has another type than expected{place}.");
    }

    private static string Place(JsonException fault) => fault.Path is { Length: > 1 and <= 100 } path ? $" at {path}" : "";

    private static bool Fits(byte[] body, Type type, JsonSerializerOptions options)
    {
        try
        {
            JsonSerializer.Deserialize(body, type, options);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static JsonSerializerOptions Create(JsonUnmappedMemberHandling unknown, bool required)
    {
        var options = new JsonSerializerOptions();
        Apply(options, unknown, required);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private static void Apply(JsonSerializerOptions options, JsonUnmappedMemberHandling unknown, bool required)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.AllowDuplicateProperties = false;
        options.UnmappedMemberHandling = unknown;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = required;
        options.MaxDepth = MaxDepth;

        // A member that may be null may be left out, as the API description says.
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NullableIsOptional } };
        foreach (var converter in DocumentJson.Options.Converters)
        {
            options.Converters.Add(converter);
        }
    }

    private static void NullableIsOptional(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(property => property.AssociatedParameter is { IsNullable: true } || Nullable.GetUnderlyingType(property.PropertyType) is not null))
        {
            property.IsRequired = false;
        }
    }
}
