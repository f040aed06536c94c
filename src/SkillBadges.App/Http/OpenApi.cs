using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace SkillBadges.App.Http;

/// <summary>The OpenAPI document at <c>/swagger/v1/swagger.json</c> and its page at <c>/swagger</c>.</summary>
internal static partial class OpenApi
{
    public const string DocumentPath = "/swagger/v1/swagger.json";

    public static void AddOpenApiDocument(this IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        services.AddSingleton<ISerializerDataContractResolver>(new JsonSerializerDataContractResolver(RequestJson.Strict));
        services.AddSwaggerGen(options =>
        {
            options.SwaggerDoc("v1", new()
            {
                Title = "SkillBadges",
                Version = "v1",
                Description = "Evidence, decisions, credentials and the mastery ledger. Every refusal is application/problem+json (RFC 9457) with a stable code; /problems explains each.",
            });
            options.AddSecurityDefinition("bearer", new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT", Description = "From POST /api/session, or an access token of a configured authority." });
            options.AddSecurityDefinition("cookie", new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Cookie, Name = "skillbadges", Description = "The pages' sign-in; changes must come from our own origin." });
            foreach (var documented in new[] { typeof(OpenApi).Assembly, typeof(Core.Storage.Changes).Assembly, typeof(Credentials.CredentialVerifier).Assembly })
            {
                options.IncludeXmlComments(documented);
            }

            options.SchemaFilter<WordsWithoutNamespaces>();
            options.SchemaFilter<MembersAsDeclared>();
            options.OperationFilter<OperationContract>();
        });
    }

    public static void UseOpenApiDocument(this IApplicationBuilder app)
    {
        app.UseSwagger();
        app.UseSwaggerUI(options =>
        {
            options.RoutePrefix = "swagger";
            options.DocumentTitle = "SkillBadges API";
            options.SwaggerEndpoint(DocumentPath, "SkillBadges v1");
        });
    }

    /// <summary>Comments name our types in full where they refer to them; readers of the API know them by their last name.</summary>
    private sealed partial class WordsWithoutNamespaces : ISchemaFilter
    {
        public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
        {
            foreach (var described in (schema.Properties?.Values ?? []).Prepend(schema).Where(described => described.Description is not null))
            {
                described.Description = Namespaces().Replace(described.Description!, "");
            }
        }

        [GeneratedRegex(@"SkillBadges\.(?:\w+\.)*(?=\w)")]
        private static partial Regex Namespaces();
    }

    /// <summary>What the reader of bodies demands: a member that is not optional is required, and only one declared with ? may be null.</summary>
    private sealed class MembersAsDeclared : ISchemaFilter
    {
        public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
        {
            if (schema is not OpenApiSchema { Properties: { Count: > 0 } members } own || context.Type.GetConstructors().FirstOrDefault() is not { } constructor)
            {
                return;
            }

            var nullability = new NullabilityInfoContext();
            foreach (var parameter in constructor.GetParameters())
            {
                var name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name ?? "");
                if (!members.TryGetValue(name, out var member))
                {
                    continue;
                }

                var mayBeNull = nullability.Create(parameter).ReadState == NullabilityState.Nullable;
                if (member is OpenApiSchema { Type: { } type } plain)
                {
                    plain.Type = mayBeNull ? type | JsonSchemaType.Null : type & ~JsonSchemaType.Null;
                }

                if (!parameter.HasDefaultValue && !mayBeNull)
                {
                    (own.Required ??= new HashSet<string>()).Add(name);
                }
            }
        }
    }

    /// <summary>What the endpoint's metadata promise beside parameters and answers: refusals, headers, paging, examples.</summary>
    private sealed class OperationContract : IOperationFilter
    {
        private static readonly OpenApiSchema Problem = new()
        {
            Type = JsonSchemaType.Object,
            Description = "Problem details, RFC 9457.",
            Required = new HashSet<string> { "type", "title", "status", "detail", "code", "traceId" },
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["type"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "uri-reference", Description = "/problems/{code}, a page that explains it." },
                ["title"] = new OpenApiSchema { Type = JsonSchemaType.String },
                ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
                ["detail"] = new OpenApiSchema { Type = JsonSchemaType.String },
                ["code"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Stable." },
                ["traceId"] = new OpenApiSchema { Type = JsonSchemaType.String },
            },
        };

        public void Apply(OpenApiOperation operation, OperationFilterContext context)
        {
            var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
            operation.Parameters ??= [];
            foreach (var list in operation.Parameters.OfType<OpenApiParameter>().Where(parameter => parameter.In == ParameterLocation.Query && parameter.Schema?.Type == JsonSchemaType.Array))
            {
                // Left out, it is an empty one.
                list.Required = false;
            }

            Describe(operation.Parameters.OfType<OpenApiParameter>(), context.ApiDescription.RelativePath ?? "");
            AddParameters(operation.Parameters, metadata);
            AddExamples(operation, metadata.OfType<OperationExample>().LastOrDefault());
            AddRefusals(operation, metadata, context);
            if (!metadata.OfType<Microsoft.AspNetCore.Authorization.IAllowAnonymous>().Any())
            {
                operation.Security =
                [
                    new() { [new OpenApiSecuritySchemeReference("bearer", context.Document)] = [] },
                    new() { [new OpenApiSecuritySchemeReference("cookie", context.Document)] = [] },
                ];
            }
        }

        private static void Describe(IEnumerable<OpenApiParameter> parameters, string address)
        {
            foreach (var parameter in parameters)
            {
                parameter.Description ??= ParameterWords.Of(address.Replace(":int", "", StringComparison.Ordinal)["api/".Length..].TrimEnd('/'), parameter.Name ?? "");
            }
        }

        private static void AddParameters(IList<IOpenApiParameter> parameters, IList<object> metadata)
        {
            if (metadata.OfType<TakesIdempotencyKey>().Any())
            {
                parameters.Add(Parameter(Idempotency.Header, ParameterLocation.Header, "Makes a repetition the same request: same key and body, same result, for seven days.", new() { Type = JsonSchemaType.String, MinLength = 1, MaxLength = 255, Pattern = "^[!-~]+$" }));
            }

            if (metadata.OfType<TakesIfMatch>().Any())
            {
                parameters.Add(Parameter("If-Match", ParameterLocation.Header, "The ETag of what you read, such as \"v7\"; another version is refused with request.stale.", new() { Type = JsonSchemaType.String }));
            }

            if (metadata.OfType<TakesPaging>().Any())
            {
                parameters.Add(Parameter("limit", ParameterLocation.Query, "Items on a page.", new() { Type = JsonSchemaType.Integer, Format = "int32", Minimum = "1", Maximum = "200", Default = Paging.DefaultLimit }));
                parameters.Add(Parameter("cursor", ParameterLocation.Query, "The next of the page before; also in its Link header.", new() { Type = JsonSchemaType.String }));
            }
        }

        private static OpenApiParameter Parameter(string name, ParameterLocation place, string description, OpenApiSchema schema) =>
            new() { Name = name, In = place, Description = description, Schema = schema };

        private static void AddExamples(OpenApiOperation operation, OperationExample? example)
        {
            if (example?.Request is { } request && operation.RequestBody?.Content?.Values.FirstOrDefault() is { } body)
            {
                body.Example = Json(request);
            }

            if (example?.Answer is { } answer && operation.Responses?.FirstOrDefault(response => response.Key[0] == '2').Value?.Content?.Values.FirstOrDefault() is { } content)
            {
                content.Example = Json(answer);
            }
        }

        private static void AddRefusals(OpenApiOperation operation, IList<object> metadata, OperationFilterContext context)
        {
            operation.Responses ??= [];
            context.SchemaRepository.Schemas.TryAdd("Problem", Problem);
            foreach (var refusals in Refusals.Of(metadata).GroupBy(refusal => refusal.Status).OrderBy(group => group.Key))
            {
                var codes = refusals.Select(refusal => refusal.Code).Order(StringComparer.Ordinal).ToArray();
                operation.Responses[refusals.Key.ToString(System.Globalization.CultureInfo.InvariantCulture)] = new OpenApiResponse
                {
                    Description = "Codes: " + string.Join(", ", codes),
                    Content = new Dictionary<string, OpenApiMediaType>
                    {
                        ["application/problem+json"] = new() { Schema = ProblemSchema(codes, context.Document) },
                    },
                };
            }
        }

        private static OpenApiSchema ProblemSchema(string[] codes, OpenApiDocument document) => new()
        {
            AllOf =
            [
                new OpenApiSchemaReference("Problem", document),
                new OpenApiSchema
                {
                    Properties = new Dictionary<string, IOpenApiSchema>
                    {
                        ["code"] = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. codes.Select(code => (JsonNode)code)] },
                    },
                },
            ],
        };

        private static JsonNode? Json(object value) => JsonSerializer.SerializeToNode(value, value.GetType(), RequestJson.Strict);
    }
}
